"""What readers see: each macro's HTML, what is put around every page, and the pages made from the registry.

Values in, text out; nothing here knows which site generator asks. Addresses are relative to the page that shows them,
so that the site works in any folder and from a memory stick.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter, OrderedDict
from functools import partial
from inspect import BoundArguments
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from handbook.exports.catalogue import OFFERS
from handbook.exports.dictionary import meanings
from handbook.exports.shapes import Dataset, Exported
from handbook.model import offered, records, vocabulary
from handbook.model.addresses import (
    SOURCES,
    actor_url,
    area_url,
    coverage_url,
    recommendation_url,
    shelf_url,
    source_url,
    term_url,
)
from handbook.model.advice import inline
from handbook.model.changes import changes
from handbook.model.citations import count_citations
from handbook.model.pages import url_of
from handbook.parsing.macro_calls import MACROS
from handbook.problem_kinds import ProblemKind
from handbook.site import filters
from handbook.site.feeds import EVERYTHING, feed_path
from handbook.site.pictures.canvas import WIDTH
from handbook.site.pictures.figures import figure
from handbook.site.pictures.neighbours import neighbours_picture
from handbook.system.archives import build_time
from handbook.system.cache import CompiledTemplates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Recommendation


_COMPILED = CompiledTemplates()


class Renderer:
    """Renders everything that one corpus has to show.

    There is a public method for each macro of `calls.MACROS`, with the parameters given there after the `src_uri` of
    the page that shows the result.
    """

    def __init__(self, corpus: Corpus, repository: str = "") -> None:
        """Prepare the templates for a corpus without errors, whose repository may have an address."""
        self._corpus = corpus
        self._repository = repository.rstrip("/")
        self._registry = corpus.registry
        self._templates = Environment(
            loader=PackageLoader("handbook.site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,  # it would ask the disk before each use
            bytecode_cache=_COMPILED,
        )
        self._templates.globals.update(
            corpus=corpus,
            registry=corpus.registry,
            models=vocabulary,
            downloads=offered,
            width=WIDTH,
            languages=_ENGLISH.languages,
            built=build_time().date(),
        )
        self._templates.filters["written_date"] = written_date
        self._templates.filters["with_code"] = with_code

    @property
    def corpus(self) -> Corpus:
        """What it renders."""
        return self._corpus

    def rec(self, src_uri: str, recommendation: str) -> str:
        """Link a recommendation's id to its page, with its title as tooltip."""
        found = self._registry.recommendations[recommendation]
        return _link(src_uri, recommendation_url(found), found.id, found.title, "rec")

    def cite(self, src_uri: str, source: str, place: str = "") -> str:
        """Give the number of a source on this page, linked to the page's list of sources."""
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
        return _link(src_uri, f"roles/{role}/", found.title.lower(), found.summary, "role")

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

        def address(target: str) -> str:
            path, hash_, anchor = target.partition("#")
            return relative(f"{url_of(path)}{hash_}{anchor}", src_uri) if path.endswith(".md") else target

        def cited(citation: records.Citation) -> Markup:
            return Markup(self.cite(src_uri, citation.source, citation.place))  # noqa: S704 - it is escaped

        return self._block("advice", src_uri, advice=found, inline=partial(inline, address=address), cited=cited)

    def recommendation_table(self, src_uri: str, *, area: str) -> str:
        """Give the recommendations of an area with their issuers and how many sections cover each."""
        return self._block(
            "recommendation_table", src_uri, area=self._registry.areas[area], recommendations=self._public(area)
        )

    def recommendation_index(self, src_uri: str) -> str:
        """Give all recommendations in one table, which readers can sort and narrow."""
        registry = self._registry
        found = [recommendation for area in registry.areas for recommendation in self._public(area)]
        offered = [
            filters.of_area(registry),
            filters.of_role(registry),
            filters.of_stage(),
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
            if topic.issuer == actor and not topic.public
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

    def page_list(self, src_uri: str, *, area: str = "", role: str = "", stage: str = "", kind: str = "") -> str:
        """List the pages that fit all that is asked for, the page itself aside."""
        asked = {"areas": area, "roles": role, "stages": stage, "kinds": kind}
        selection = records.Selection.model_validate({key: [value] for key, value in asked.items() if value})
        pages = [page for page in self._corpus.pages.select(selection) if page.src_uri != src_uri]
        return self._block("page_list", src_uri, pages=pages)

    def glossary(self, src_uri: str) -> str:
        """Give all terms with their definitions."""
        terms = sorted(self._registry.terms.values(), key=lambda term: term.term.casefold())
        return self._block("glossary", src_uri, terms=terms)

    def bibliography(self, src_uri: str) -> str:
        """Lead to each page of the list of sources, and to each source by its short name."""
        return self._block("bibliography", src_uri)

    def timeline(self, src_uri: str) -> str:
        """Give the dated events, the oldest first."""
        return self._block("timeline", src_uri, events=sorted(self._registry.events, key=lambda event: event.date))

    def actor_list(self, src_uri: str) -> str:
        """Give all actors with their definitions."""
        actors = sorted(self._registry.actors.values(), key=lambda actor: actor.name.casefold())
        return self._block("actor_list", src_uri, actors=actors)

    def pack_list(self, src_uri: str) -> str:
        """Give each pack with its file and the pages that it takes."""
        packs = {pack: list(self._corpus.pages.select(pack.selection)) for pack in self._registry.packs.values()}
        return self._block("pack_list", src_uri, packs=packs)

    def download_list(self, src_uri: str) -> str:
        """Give the files, packs aside, that take the handbook to where there is no network."""
        e_books = map(offered.of_area, self._registry.areas.values())
        files = [offered.OFFLINE_COPY, offered.ZIM, offered.EPUB, *e_books]
        return self._block("download_list", src_uri, files=files)

    def picture(self, src_uri: str, picture: str) -> str:
        """Draw one of the pictures, with the same in words."""
        return self._block(f"picture_{picture}", src_uri, **figure(picture, self._corpus))

    def change_list(self, src_uri: str) -> str:
        """Give what changed for readers, the newest first."""
        offered = [filters.of_area(self._registry), filters.of_role(self._registry)]
        return self._block("change_list", src_uri, changes=changes(self._corpus), choices=offered)

    def feed_list(self, src_uri: str) -> str:
        """Give the feeds that tell of changes."""
        return self._block("feed_list", src_uri, everything=EVERYTHING, feed_path=feed_path)

    def review_date(self, src_uri: str) -> str:
        """Give the day on which the page was last reviewed, as its front matter has it."""
        return written_date(self._corpus.pages.by_uri[src_uri].meta.reviewed.isoformat())

    def review_queue(self, src_uri: str) -> str:
        """Give the pages by the date of their next review, and the recommendations that wait for an editor."""
        pages = sorted(self._corpus.pages, key=lambda page: page.meta.next_review)
        drafts = [r for r in self._registry.recommendations.values() if r.status is vocabulary.Status.DRAFT]
        return self._block("review_queue", src_uri, pages=pages, drafts=drafts)

    def data_dictionary(self, src_uri: str) -> str:
        """Give every file of the exports with the meaning of its fields."""
        return self._block("data_dictionary", src_uri, offers=OFFERS, frame=Dataset[Exported], meanings=meanings)

    def problem_list(self, src_uri: str) -> str:
        """Give every kind of problem with what it means, for editors."""
        return self._block("problem_list", src_uri, kinds=list(ProblemKind))

    def furnish(self, src_uri: str, markdown: str) -> str:
        """Put around a page's text what every page has: the summary before it, its sources and review line after it.

        The evidence strip stands after the first part, so that the answer comes first on a small screen.
        """
        page = self._corpus.pages.by_uri.get(src_uri)
        if page is None:  # made by `generated_pages`, with all it needs
            return markdown
        packs = list(offered.packs_for(page, self._corpus))
        head = self._block("page_head", src_uri, page=page, followed=self._followed(page))
        foot = self._text("page_foot", src_uri, page=page, packs=packs, form=self._form(page))
        if page.meta.evidence:
            first_part, rest = _at_second_part(markdown)
            markdown = f"{first_part}\n\n{self._block('strip', src_uri, page=page)}\n{rest}"
        return f"{head}\n\n{markdown}\n\n{foot}"

    def _followed(self, page: Page) -> list[records.Actor]:
        """Return the bodies whose recommendations a page does, whole or in part: those of most sections first."""
        covered = self._corpus.coverage.by_page.get(page.src_uri, ())
        issuers = Counter(c.recommendation.issuer for c in covered if c.degree is not vocabulary.Degree.REPORTS)
        return [self._registry.actors[issuer] for issuer, _ in issuers.most_common()]

    def made_of(self, src_uri: str) -> Iterator[str]:
        """Give all that a written page is made of: its text, what is put around it, and what each of its calls gives.

        Calls with constant arguments are all that a page may ask for; `handbook.parsing.macro_calls` sees to it.
        """
        page = self._corpus.pages.by_uri[src_uri]
        yield page.text
        yield self.furnish(src_uri, page.body)
        for call in page.calls:
            bound = BoundArguments(MACROS[call.macro].signature, OrderedDict(call.arguments))
            yield getattr(self, call.macro)(src_uri, *bound.args, **bound.kwargs)

    def _form(self, page: Page) -> str:
        """Give the address at which to suggest a change to a page; without a repository, that of the guide; or none."""
        if self._repository:
            asked = {"template": "suggest-a-change.yml", "page": f"{page.meta.title} ({page.src_uri})"}
            return f"{self._repository}/issues/new?{urlencode(asked)}"
        return relative("contributing/", page.src_uri) if "contributing/index.md" in self._corpus.pages.by_uri else ""

    def generated_pages(self) -> Iterator[tuple[str, str]]:
        """Give `src_uri` and Markdown of a page for each public recommendation, area that has some, and shelf."""
        for recommendation in self._registry.recommendations.values():
            if recommendation.public:
                src_uri = f"recommendations/{recommendation.id.lower()}.md"
                title = f"{recommendation.id} {recommendation.title}"
                yield _with_head(src_uri, title, recommendation.asks, self._recommendation(src_uri, recommendation))
        for area in self._registry.areas.values():
            if found := self._public(area.id):
                title = f"{area.title}: recommendations and sections"
                summary = "Which section does what a recommendation of this area asks, and in what degree."
                src_uri = f"recommendations/{area.id}.md"
                yield self.page("area_coverage", src_uri, title, summary, area=area, recommendations=found)

        for shelf in self._registry.shelves.values():
            if sources := self._registry.sources_by_shelf.get(shelf.id):
                summary = f"{shelf.title}: {len(sources)} of the documents that pages cite and recommendations rest on."
                src_uri = f"{SOURCES}{shelf.id}.md"
                yield self.page("shelf", src_uri, f"Sources: {shelf.title}", summary, shelf=shelf, sources=sources)

    def page(self, template: str, src_uri: str, title: str, summary: str, **values: object) -> tuple[str, str]:
        """Give `src_uri` and Markdown of a page that nobody wrote."""
        return _with_head(src_uri, title, summary, self._text(template, src_uri, **values))

    def _recommendation(self, src_uri: str, recommendation: Recommendation) -> str:
        area = self._registry.area_by_prefix[recommendation.prefix]
        related = [r for r in map(self._registry.recommendations.__getitem__, recommendation.related) if r.public]
        picture = neighbours_picture(recommendation, self._corpus)
        drawn = Markup(self._block("picture_neighbours", src_uri, picture=picture))  # noqa: S704 - escaped by its template
        values = {"recommendation": recommendation, "area": area, "related": related, "picture": drawn}
        return self._text("recommendation", src_uri, **values)

    def redirect_pages(self) -> Iterator[tuple[str, str]]:
        """Give the file of a page at each former address that leads on without a script, and its HTML."""
        for redirect in self._registry.redirects.values():
            page = self._corpus.pages.by_uri[redirect.new]
            yield f"{url_of(redirect.old)}index.html", self._text("redirect", redirect.old, page=page)

    def _public(self, area: str) -> list[Recommendation]:
        return [r for r in self._registry.recommendations_by_area.get(area, ()) if r.public]

    def _text(self, template: str, src_uri: str, **values: object) -> str:
        def here(url: str) -> str:
            return relative(url, src_uri)

        urls = (actor_url, area_url, coverage_url, recommendation_url, shelf_url, term_url)
        known = {url.__name__: url for url in urls} | {"source_url": partial(source_url, registry=self._registry)}
        return self._templates.get_template(f"{template}.jinja").render(here=here, **known, **values)

    def _block(self, template: str, src_uri: str, **values: object) -> str:
        """Render on one line, which Markdown leaves alone wherever it stands, in a list or admonition too."""
        return " ".join(line.strip() for line in self._text(template, src_uri, **values).splitlines() if line.strip())


def _with_head(src_uri: str, title: str, summary: str, body: str) -> tuple[str, str]:
    head = {"title": title, "description": summary}
    front_matter = "\n".join(f"{key}: {json.dumps(value)}" for key, value in head.items())
    return src_uri, f"---\n{front_matter}\n---\n\n{body}"


def _at_second_part(markdown: str) -> tuple[str, str]:
    """Cut a page's text before its second heading of level 2, or at its end."""
    first = f"\n{markdown}".find("\n## ")
    second = markdown.find("\n## ", max(first, 0))
    return (markdown, "") if second < 0 else (markdown[:second], markdown[second:])


_ENGLISH = Locale("en", "GB")


def relative(url: str, src_uri: str) -> str:
    """Give the address of `url` as seen from a page; both are below the site's root.

    >>> relative("recommendations/pri-01/#why", "prisons/release.md")
    '../../recommendations/pri-01/#why'
    >>> relative("downloads/prisons.pdf", "prisons/release.md")
    '../../downloads/prisons.pdf'
    """
    path, hash_, anchor = url.partition("#")
    here = url_of(src_uri)
    if path == here:
        return f"{hash_}{anchor}" or "./"
    target, start = _parts(path), _parts(here)
    shared = len(posixpath.commonprefix([target, start]))
    way = "/".join([".."] * (len(start) - shared) + target[shared:]) or "."
    is_file = bool(posixpath.splitext(path)[1])
    return f"{way}{'' if is_file else '/'}{hash_}{anchor}"


def _parts(path: str) -> list[str]:
    return path.rstrip("/").split("/") if path else []


def written_date(date: str) -> str:
    """Write a full or partial ISO date in words.

    >>> written_date("2018-06-13"), written_date("2018-06"), written_date("2018")
    ('13 June 2018', 'June 2018', '2018')
    """
    year, *rest = date.split("-")
    month = [_ENGLISH.months["format"]["wide"][int(rest[0])]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def with_code(text: str) -> Markup:
    """Make plain text HTML, with code where backticks are.

    >>> with_code("write `a < b`")
    Markup('write <code>a &lt; b</code>')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - it is escaped


_WORD_JOINER = "\N{WORD JOINER}"
"""Keeps a citation on the line of the word that it follows."""

_INERT = str.maketrans({character: f"&#{ord(character)};" for character in "*_`[]{}|\\"})
"""Characters that Markdown would act upon inside a line, as entities that show the same."""


def _link(src_uri: str, url: str, text: str, tooltip: str, css: str) -> str:
    html = f'<a class="{css}" href="{escape(relative(url, src_uri))}" title="{escape(tooltip)}">{escape(text)}</a>'
    return html.translate(_INERT)
