"""The glossary as a SKOS vocabulary, for other sites and for tools that tag or translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from handbook.identity import LICENCE_URL
from handbook.model.addresses import GLOSSARY, absolute_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.exports.shapes import ExportedSource, ExportedTerm

_FOLDER = "data/"
_LANGUAGE = "en"


def write_skos(terms: Iterable[ExportedTerm], sources: Iterable[ExportedSource], title: str) -> str:
    """Write the vocabulary as Turtle; each concept is named by the address of its entry in the glossary."""
    graph = Graph()
    scheme = _name(GLOSSARY)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for label in (DCTERMS.title, SKOS.prefLabel):  # each is what some tools call a scheme by
        graph.add((scheme, label, Literal(title, _LANGUAGE)))
    graph.add((scheme, DCTERMS.license, URIRef(LICENCE_URL)))
    paths = {source.id: source.path for source in sources}
    for term in terms:
        _add(graph, scheme, term, paths)
    return graph.serialize(format="turtle").rstrip("\n") + "\n"


def _add(graph: Graph, scheme: URIRef, term: ExportedTerm, paths: Mapping[str, str]) -> None:
    concept = _name(term.path)
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, concept))
    graph.add((concept, SKOS.prefLabel, Literal(term.term, _LANGUAGE)))
    graph.add((concept, SKOS.definition, Literal(term.definition, _LANGUAGE)))
    for form in term.also:
        graph.add((concept, SKOS.altLabel, Literal(form, _LANGUAGE)))
    for source in term.sources:
        graph.add((concept, DCTERMS.source, _name(paths[source])))


def _name(path: str) -> URIRef:
    """Return the address in full or, in a copy that does not know it, as seen from the file, which Turtle allows."""
    return URIRef(absolute_url(path) or "../" * _FOLDER.count("/") + path)
