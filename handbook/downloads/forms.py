"""The sheets of an empty form, cut from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.downloads.excerpts import ArticleBuilder, part

if TYPE_CHECKING:
    from handbook.downloads.articles import Article
    from handbook.model.records import FormTemplate


def blank_form(form: FormTemplate, own: Article) -> Article:
    """Return the sheets of a form.

    Args:
        form: what it is called.
        own: the article of its page.
    """
    made = ArticleBuilder(own.url, form.title, own.file)
    made.add(own, part(own, "The form"))
    made.add_link("A good example, and the rights of those concerned: ", own)
    article = made.article()
    for heading in article.content.iter("h3"):  # right below the title
        heading.tag = "h2"
    return article
