"""The macros that pages may call: values in, HTML out."""

from __future__ import annotations

from collections import Counter, OrderedDict
from functools import partial
from inspect import BoundArguments
from typing import TYPE_CHECKING

from markupsafe import Markup

from handbook.exports.catalogue import CATALOGUE
from handbook.exports.dictionary import meanings
from handbook.exports.shapes import DatasetFile, Exported
from handbook.model import offered, records, vocabulary
from handbook.model.addresses import actor_url, recommendation_url, role_url, term_url
from handbook.model.changes import changes
from handbook.model.citations import count_citations
from handbook.model.forms import page_of
from handbook.parsing.macro_calls import MACROS
from handbook.site import filters, shortlists
from handbook.site.feeds import EVERYTHING, feed_path
from handbook.site.pictures.figures import figure
from handbook.urls import relative, url_of
from handbook.wording import inert, written_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.records import Recommendation
    from handbook.site.rendering import Renderer


class Macros:
    """Renders what the pages of one corpus call.

    There is a public method for each macro of `macro_calls.MACROS`, with the parameters given there after the `src_uri`
    of the page that shows the result.
    """

    def __init__(self, renderer: Renderer) -> None:
        """Begin for the renderer's corpus."""
        self._corpus = renderer.corpus
        self._registry = renderer.corpus.registry
        self._block = renderer.block

    def results(self, src_uri: str) -> Iterator[str]:
        """Yield what each call on a written page gives, in their order; their arguments are constants."""
        for call in self._corpus.pages.by_uri[src_uri].calls:
            bound = BoundArguments(MACROS[call.macro].signature, OrderedDict(call.arguments))
            yield getattr(self, call.macro)(src_uri, *bound.args, **bound.kwargs)

    def rec(self, src_uri: str, recommendation: str) -> str:
        """Link a recommendation's id to its page, with its title as tooltip."""
        found = self._registry.recommendations[recommendation]
        return _link(src_uri, recommendation_url(found), found.id, found.title, "rec")

    def cite(self, src_uri: str, source: str, place: str = "") -> str:
        """Return the number of a source on this page, linked to the page's list of sources."""
        number = self._corpus.pages.by_uri[src_uri].citations[source]
        found = self._registry.sources[source]
        text = f"[{number}, {place}]" if place else f"[{number}]"
        link = _link(src_uri, f"{url_of(src_uri)}#source-{number}", text, f"{found.publisher}: {found.title}", "cite")
        return f"{_WORD_JOINER}{link}"

    def actor(self, src_uri: str, actor: str) -> str:
        """Link an actor's name to the page about it."""
        found = self._registry.actors[actor]
        return _link(src_uri, actor_url(found), found.name, found.definition, "actor")

    def term(self, src_uri: str, term: str) -> str:
        """Link a term as it is typed to its entry in the glossary."""
        found = self._registry.term_by_form[term.casefold()]
        return _link(src_uri, term_url(found), term, found.definition, "term")

    def role(self, src_uri: str, role: str) -> str:
        """Link a role, in lower case as in running text, to its page."""
        found = self._registry.roles[role]
        return _link(src_uri, role_url(found), found.title.lower(), found.summary, "role")

    def covers(
        self, src_uri: str, *recommendations: str, degree: str = vocabulary.Degree.STEPS, missing: str = ""
    ) -> str:
        """Return the line that says what a section does, and in what degree."""
        found = [self._registry.recommendations[name] for name in recommendations]
        return self._block(
            "covers",
            src_uri,
            recommendations=found,
            degree=vocabulary.DEGREES[degree],
            missing=missing.strip().rstrip("."),
        )

    def advice(self, src_uri: str, advice: str) -> str:
        """Return a table of advice, with the numbers that its sources have on this page."""
        found = self._registry.advice[advice]

        return self._block("advice", src_uri, advice=found, cited=partial(self._cited, src_uri))

    def decision(self, src_uri: str, decision: str) -> str:
        """Return the questions and outcomes of a decision, as everybody has them, with their chart."""
        found, numbers = self._registry.decisions[decision], self._corpus.pages.by_uri[src_uri].citations
        return self._block("decision_steps", src_uri, decision=found, role=None, numbers=numbers)

    def form_example(self, src_uri: str, form: str) -> str:
        """Return a form with the answers of its good example."""
        return self._block("form", src_uri, form=self._registry.forms[form], is_example=True)

    def form(self, src_uri: str, form: str) -> str:
        """Return a form as it is to be filled in."""
        return self._block("form", src_uri, form=self._registry.forms[form], is_example=False)

    def form_list(self, src_uri: str) -> str:
        """List the forms with their pages and the files to fill in, by the title of their area."""
        registry, pages = self._registry, self._corpus.pages
        found = {form: page_of(form, pages) for form in registry.forms.values()}
        by_area = {
            area: [(form, page) for form, page in found.items() if page.area == area.id]
            for area in registry.areas.values()
        }
        return self._block("form_list", src_uri, by_area=by_area)

    def conversation(self, src_uri: str, conversation: str) -> str:
        """Return a card with what to say, with the numbers that its sources have on this page."""
        card = self._registry.conversations[conversation]
        pages = [page for name in card.pages if (page := self._corpus.pages.by_uri[name]).src_uri != src_uri]
        return self._block("conversation", src_uri, card=card, pages=pages, cited=partial(self._cited, src_uri))

    def _cited(self, src_uri: str, citation: records.Citation) -> Markup:
        return Markup(self.cite(src_uri, citation.source, citation.place))  # noqa: S704 - it is escaped

    def recommendation_table(self, src_uri: str, *, area: str) -> str:
        """Return the recommendations of an area with their issuers and how many sections cover each."""
        return self._block(
            "recommendation_table", src_uri, area=self._registry.areas[area], recommendations=self._public(area)
        )

    def recommendation_list(self, src_uri: str, *recommendations: str) -> str:
        """List recommendations by their titles."""
        found = [self._registry.recommendations[name] for name in recommendations]
        return self._block("recommendation_list", src_uri, recommendations=found)

    def recommendation_index(self, src_uri: str) -> str:
        """Return all recommendations in one table, which readers can sort and narrow."""
        registry = self._registry
        found = [recommendation for area in registry.areas for recommendation in self._public(area)]
        offered = [
            filters.of_area(registry),
            filters.of_role(registry),
            filters.of_issuer(registry, found),
            filters.of_attestation(),
            filters.of_nature(),
            filters.of_status(),
        ]
        return self._block("recommendation_index", src_uri, recommendations=found, choices=offered)

    def report_table(self, src_uri: str, actor: str) -> str:
        """Return for each area what is attested of a body's own report, and whose recommendations became steps."""
        areas = self._registry.areas.values()
        rows = {area: (self._attested(actor, area.id), self._followed_in(area.id)) for area in areas}
        return self._block("report_table", src_uri, issuer=self._registry.actors[actor], rows=rows)

    def _attested(self, actor: str, area: str) -> list[Recommendation]:
        return [r for r in self._public(area) if r.issuer == actor and r.status is vocabulary.Status.ACTIVE]

    def _followed_in(self, area: str) -> list[tuple[records.Actor, int]]:
        """Return the bodies whose recommendations have steps in an area, with how many: those with most first."""
        done = (r.issuer for r in self._public(area) if r.id in self._corpus.coverage.with_steps)
        return [(self._registry.actors[issuer], count) for issuer, count in Counter(done).most_common()]

    def topic_table(self, src_uri: str, actor: str, *, area: str) -> str:
        """Return the topics that a body is only believed to have treated, with the steps for related ones."""
        topics = {
            topic: list(dict.fromkeys(self._steps_near(topic)))
            for topic in self._registry.recommendations_by_area.get(area, ())
            if topic.issuer == actor and not topic.is_public
        }
        return self._block("topic_table", src_uri, topics=topics)

    def _steps_near(self, topic: Recommendation) -> Iterator[tuple[str, str]]:
        """Yield title and address of each section with steps for what is related to a topic."""
        for related in topic.related:
            for covering in self._corpus.coverage.with_steps.get(related, ()):
                yield f"{covering.page.meta.title}: {covering.section.title}", covering.url

    def coverage_matrix(self, src_uri: str) -> str:
        """Count each area's recommendations by status, and lead to the page that has them with their sections."""
        by_area = {area: self._public(area.id) for area in self._registry.areas.values()}
        return self._block("coverage_matrix", src_uri, by_area=by_area)

    def page_counts(self, src_uri: str) -> str:
        """Count the pages of each area by kind, and the entries of the reference part."""
        counts = Counter((page.area, page.meta.kind) for page in self._corpus.pages)
        return self._block("page_counts", src_uri, counts=counts)

    def attestation_counts(self, src_uri: str) -> str:
        """Count the recommendations by how they are known."""
        counts = Counter(found.attestation for found in self._registry.recommendations.values())
        return self._block("attestation_counts", src_uri, counts=counts)

    def citation_counts(self, src_uri: str) -> str:
        """Count the citations by what was read of their sources."""
        return self._block("citation_counts", src_uri, counts=count_citations(self._registry, self._corpus.pages))

    def guidance_matrix(self, src_uri: str) -> str:
        """Count the guidance pages of each area by role and stage, so that what is missing can be seen."""
        guidance = list(self._corpus.pages.select(records.Selection(kinds=(vocabulary.PageKind.GUIDANCE,))))
        counts = Counter((p.area, role, stage) for p in guidance for role in p.meta.roles for stage in p.meta.stage)
        with_guidance = {page.area for page in guidance}
        roles = self._registry.roles.values()
        by_area = {
            area: {role: [counts[area.id, role.id, stage] for stage in vocabulary.Stage] for role in roles}
            for area in self._registry.areas.values()
            if area.id in with_guidance
        }
        return self._block("guidance_matrix", src_uri, by_area=by_area)

    def area_list(self, src_uri: str) -> str:
        """Lead to the overview of each area."""
        return self._block("area_list", src_uri)

    def evidence_legend(self, src_uri: str) -> str:
        """Return what each level of evidence means, with the symbol that pages show for it."""
        return self._block("evidence_legend", src_uri)

    def situations_button(self, src_uri: str) -> str:
        """Lead to all situations, with how many there are."""
        return self._block("situations_button", src_uri)

    def page_list(self, src_uri: str, *, area: str = "", role: str = "", stage: str = "", kind: str = "") -> str:
        """List the pages that fit all that is asked for, the page itself aside."""
        asked = {"areas": area, "roles": role, "stages": stage, "kinds": kind}
        selection = records.Selection.model_validate({key: [value] for key, value in asked.items() if value})
        pages = [page for page in self._corpus.pages.select(selection) if page.src_uri != src_uri]
        return self._block("page_list", src_uri, pages=pages)

    def situation_list(self, src_uri: str, *, role: str = "", area: str = "") -> str:
        """List the situations of a role or an area by their own words."""
        found = shortlists.situations(self._corpus, role=role, area=area)
        return self._block("situation_list", src_uri, situations=found, most=shortlists.MOST_SITUATIONS)

    def guidance_by_need(self, src_uri: str, *, role: str) -> str:
        """List the titles of a role's guidance by need, without those to which its page leads already."""
        linked, most = self._corpus.pages.by_uri[src_uri].linked, shortlists.MOST_OF_A_NEED
        needs = shortlists.guidance_by_need(self._corpus, role)
        left = {need: [page for page in pages if page.src_uri not in linked] for need, pages in needs.items()}
        rest = [page for pages in left.values() for page in pages[most:]]
        total = sum(map(len, needs.values()))
        return self._block("guidance_by_need", src_uri, needs=left, most=most, rest=rest, total=total)

    def staged_guidance(self, src_uri: str, *, area: str) -> str:
        """List the titles of an area's guidance, each with its stages."""
        return self._block("staged_guidance", src_uri, pages=shortlists.guidance(self._corpus, area))

    def training_list(self, src_uri: str, *, role: str = "", area: str = "") -> str:
        """List what a role or an area has to practise with: one of each kind, and then the rest."""
        found = shortlists.training(self._corpus, role=role, area=area)
        first = list({page.meta.kind: page for page in reversed(found)}.values())[::-1]
        rest = [page for page in found if page not in first]
        return self._block("training_list", src_uri, first=first, rest=rest)

    def glossary(self, src_uri: str) -> str:
        """Return all terms with their definitions."""
        terms = sorted(self._registry.terms.values(), key=lambda term: term.term.casefold())
        return self._block("glossary", src_uri, terms=terms)

    def bibliography(self, src_uri: str) -> str:
        """Lead to each page of the list of sources, and to each source by its short name."""
        return self._block("bibliography", src_uri)

    def timeline(self, src_uri: str) -> str:
        """Return the dated events, the oldest first."""
        return self._block("timeline", src_uri, events=sorted(self._registry.events, key=lambda event: event.date))

    def actor_list(self, src_uri: str) -> str:
        """Return all actors with their definitions."""
        actors = sorted(self._registry.actors.values(), key=lambda actor: actor.name.casefold())
        return self._block("actor_list", src_uri, actors=actors)

    def pack_list(self, src_uri: str) -> str:
        """Return each pack with its file and the pages that it takes."""
        packs = {pack: list(self._titles_in(pack)) for pack in self._registry.packs.values()}
        return self._block("pack_list", src_uri, packs=packs)

    def _titles_in(self, pack: records.Pack) -> Iterator[tuple[str, str]]:
        """Yield the address and the title of each page that a pack takes."""
        yield from ((page.url, page.meta.title) for page in offered.pages_of(pack, self._registry, self._corpus.pages))
        yield from ((page.url, page.title) for page in offered.generated_for(pack.selection.roles, self._corpus))

    def leaflet_list(self, src_uri: str) -> str:
        """List the guidance that can be had on one sheet, by area."""
        pages = list(offered.guidance(self._corpus.pages))
        by_area = {area: [page for page in pages if page.area == area.id] for area in self._registry.areas.values()}
        return self._block("leaflet_list", src_uri, by_area=by_area)

    def download_list(self, src_uri: str) -> str:
        """Return the files, packs aside, that take the handbook to where there is no network."""
        e_books = map(offered.of_area, self._registry.areas.values())
        files = [offered.OFFLINE_COPY, offered.ZIM, offered.EPUB, *e_books]
        return self._block("download_list", src_uri, files=files)

    def picture(self, src_uri: str, picture: str) -> str:
        """Draw one of the pictures, with the same in words."""
        return self._block(f"picture_{picture}", src_uri, **figure(picture, self._corpus))

    def change_list(self, src_uri: str) -> str:
        """Return what changed for readers, the newest first."""
        offered = [filters.of_area(self._registry), filters.of_role(self._registry)]
        return self._block("change_list", src_uri, changes=changes(self._corpus), choices=offered)

    def feed_list(self, src_uri: str) -> str:
        """Return the feeds that tell of changes."""
        return self._block("feed_list", src_uri, everything=EVERYTHING, feed_path=feed_path)

    def review_date(self, src_uri: str) -> str:
        """Return the day on which the page was last reviewed, as its front matter has it."""
        return written_date(self._corpus.pages.by_uri[src_uri].meta.reviewed.isoformat())

    def review_queue(self, src_uri: str) -> str:
        """Return the pages by the date of their next review, and the recommendations that wait for an editor."""
        pages = sorted(self._corpus.pages, key=lambda page: page.meta.next_review)
        drafts = [r for r in self._registry.recommendations.values() if r.status is vocabulary.Status.DRAFT]
        return self._block("review_queue", src_uri, pages=pages, drafts=drafts)

    def data_dictionary(self, src_uri: str) -> str:
        """Return every file of the exports with the meaning of its fields."""
        return self._block(
            "data_dictionary", src_uri, datasets=CATALOGUE, frame=DatasetFile[Exported], meanings=meanings
        )

    def _public(self, area: str) -> list[Recommendation]:
        return [r for r in self._registry.recommendations_by_area.get(area, ()) if r.is_public]


_WORD_JOINER = "\N{WORD JOINER}"
"""Keeps a citation on the line of the word that it follows."""


def _link(src_uri: str, url: str, text: str, tooltip: str, css: str) -> str:
    href, title, words = map(inert, (relative(url, url_of(src_uri)), tooltip, text))
    return f'<a class="{css}" href="{href}" title="{title}">{words}</a>'
