"""A whole project small enough to read at a glance, from which tests make their variations."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REAL = Path(__file__).parent.parent.parent

TODAY = dt.date(2026, 11, 23)
"""The day on which all reviews in tests are judged."""

FILES: Mapping[str, str] = {
    "mkdocs.yml": """\
site_name: Tiny
strict: true
theme:
  name: material
  custom_dir: overrides
  font: false
plugins:
  - handbook
  - macros:
      module_name: macros
      on_undefined: strict
      on_error_fail: true
markdown_extensions:
  - attr_list
  - tables
  - toc
  - pymdownx.superfences
  - pymdownx.tasklist:
      clickable_checkbox: true
  - handbook.site.checklists
""",
    "data/areas.yml": """\
- id: prisons
  prefix: PRI
  title: Prisons
  summary: People in custody.
- id: education
  prefix: EDU
  title: Education
  summary: Schools.
""",
    "data/roles.yml": """\
- id: teacher
  title: Teacher
  summary: You teach.
- id: prison-officer
  title: Prison officer
  summary: You work in custody.
""",
    "data/sources.yml": """\
- id: guidelines
  title: Guidelines on "daily" work
  publisher: Council of Europe
  year: 2016
  url: https://rm.coe.int/guidelines
  evidence: standard
  language: en
  read: opening
- id: study
  title: A study
  publisher: University
  year: 2020
  evidence: study
  language: en
  read: whole
- id: revue
  title: Une revue
  publisher: Université
  evidence: review
  language: fr
  read: whole
""",
    "data/shelves.yml": """\
- id: standards
  title: Standards and reviews
  kinds: [standard, review]
- id: studies
  title: Studies
  kinds: [study]
- id: studies-u
  title: 'Studies: publishers U to Z'
  kinds: [study]
  begins: u
""",
    "data/actors.yml": """\
- id: ran
  name: Radicalisation Awareness Network
  acronym: RAN
  definition: A network of practitioners.
  page: education/ran.md
  sources: [guidelines]
- id: council-of-europe
  name: Council of Europe
  definition: An organisation of European states.
  since: '1949'
  sources: []
  relations:
    - kind: works-with
      actor: ran
      says: The Council of Europe met the network.
      sources: [guidelines]
""",
    "data/glossary.yml": """\
- term: dynamic security
  definition: Staff know people through daily contact.
  sources: [guidelines]
  also: [relational security]
""",
    "data/timeline.yml": """\
- date: 2016-03-02
  event: The guidelines are adopted.
  sources: [guidelines]
  actors: [council-of-europe]
""",
    "data/tiers.yml": """\
- title: Bodies
  actors: [ran, council-of-europe]
""",
    "data/changes.yml": """\
- date: 2026-11-24
  change: Release is prepared earlier.
  pages: [prisons/release.md]
  recommendations: [EDU-01]
""",
    "data/packs.yml": """\
- id: prisons
  title: Prisons
  audience: Prison staff.
  selection:
    areas: [prisons]
""",
    "data/ids.yml": """\
recommendations: [EDU-01, PRI-01, PRI-02, PRI-03]
pages:
  - education/index.md
  - education/ran.md
  - index.md
  - prisons/index.md
  - prisons/release.md
  - prisons/talk.md
  - recommendations/index.md
  - reference/actors.md
  - reference/glossary.md
  - reference/sources.md
  - reference/timeline.md
  - roles/prison-officer.md
  - roles/teacher.md
  - about/changes.md
""",
    "data/redirects.yml": """\
- old: prisons/talk.md
  new: prisons/release.md
""",
    "data/reviews.yml": """\
- page: prisons/release.md
  wording:
    PRI-01: "3d71e5f66d11"
- page: education/index.md
  wording:
    EDU-01: "5a7fc1d6e02e"
""",
    "data/situations.yml": """\
- id: release
  words: Somebody will soon be free
  areas: [prisons]
  roles: [prison-officer]
  stage: [tertiary]
  pages: [prisons/release.md]
""",
    "data/advice/whom-to-tell.yml": """\
id: whom-to-tell
title: Whom to tell
intro: Tell one colleague, and not the whole [wing](prisons/index.md#guidance).
columns: [What you have, Whom to tell]
rows:
  - cells: [Danger now, "**Alarm** & [112](tel:112)"]
    cites:
      - source: guidelines
        place: p. 7
      - source: study
  - cells: [Anything else, '']
notes:
  - Write it down.
signs:
  - [colleague, wing]
""",
    "data/recommendations/prisons.yml": """\
- id: PRI-01
  title: Know the people you guard
  asks: Staff should talk with people every day.
  issuer: council-of-europe
  issued: 2016-03-02
  addressees: [prison-officer]
  nature: practice
  attestation: read
  basis: The text was read.
  sources: [guidelines]
  related: [PRI-02]
  status: active
  history:
    - date: 2026-11-23
      change: First entry.
- id: PRI-02
  title: Plan for release
  asks: Plan early.
  issuer: council-of-europe
  addressees: [council-of-europe]
  nature: practice
  attestation: unverified
  basis: A recollection.
  sources: []
  related: [PRI-01]
  status: draft
  history:
    - date: 2026-11-23
      change: First entry.
- id: PRI-03
  title: Talk now and then
  asks: Staff should talk with people.
  issuer: council-of-europe
  addressees: [prison-officer]
  nature: practice
  attestation: reported
  basis: A review reports it.
  sources: [revue]
  status: retired
  replaced_by: PRI-01
  history:
    - date: 2026-11-23
      change: Replaced by PRI-01.
""",
    "data/recommendations/education.yml": """\
- id: EDU-01
  title: Let pupils ask
  asks: Schools should make room for questions.
  issuer: ran
  addressees: [teacher]
  nature: policy
  attestation: reported
  basis: A review reports it.
  sources: [revue]
  status: active
  history:
    - date: 2026-11-23
      change: First entry.
""",
    "docs/index.md": """\
---
title: Tiny
summary: A tiny handbook.
kind: overview
reviewed: 2026-11-23
review_months: 12
owner: Editors
---

## Start here

{{ page_list(kind="guidance") }}

See {{ rec("PRI-01") }} and {{ rec("PRI-03") }}.
""",
    "docs/prisons/index.md": """\
---
title: Prisons
summary: All about prisons.
kind: overview
reviewed: 2026-11-23
review_months: 12
owner: Editors
---

## Recommendations

{{ recommendation_table(area="prisons") }}

## Guidance

{{ page_list(area="prisons", stage="tertiary") }}
""",
    "docs/prisons/release.md": """\
---
title: Preparing release
summary: How to prepare release.
kind: guidance
roles: [prison-officer]
stage: [tertiary]
evidence:
  outcomes:
    - outcome: violent-extremism
      level: consensus
      why: Standards agree.
    - outcome: wellbeing
      level: limited
      why: One study.
  law: Staff must be told why.
reviewed: 2026-11-23
review_months: 12
owner: Editors
also_called: [parole]
---

## In short

Talk early.

## When this applies

Before release. Work with {{ term("dynamic security") }} and with {{ actor("ran") }}.

## Steps

### 1. Talk every day

**Who:** every {{ role("prison-officer") }}.

Talking helps.{{ cite("guidelines") }} So says a review.{{ cite("revue", "p. 3") }} And again.{{ cite("guidelines") }}
So does a study.{{ cite("study") }}

{{ advice("whom-to-tell") }}

{{ covers("PRI-01") }}

## What to avoid

Silence.

## Who does what

| Who | Does |
| --- | --- |
| Officer | Talks with {{ term("relational security") }} |

## Rights and safeguards

Check your national law.

## How we know

Standards agree.

## Checklist

- [ ] Talked
""",
    "docs/education/index.md": """\
---
title: Education
summary: All about schools.
kind: overview
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

## What came of it

Schools make room.

{{ covers("EDU-01", degree="reports") }}
""",
    "docs/education/ran.md": """\
---
title: Radicalisation Awareness Network
summary: A network.
kind: actor
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

## What it does

It connects.

## Who is in it

Practitioners.

## Since when

2011.

## What became of it

It ended in 2024.

## What you can get from it today

Papers.
""",
    "docs/roles/teacher.md": """\
---
title: Teacher
summary: You teach.
kind: overview
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

## All pages for you

{{ page_list(role="teacher") }}
""",
    "docs/roles/prison-officer.md": """\
---
title: Prison officer
summary: You work in custody.
kind: overview
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

## All pages for you

{{ page_list(role="prison-officer") }}
""",
    "docs/recommendations/index.md": """\
---
title: Recommendations
summary: All of them.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ coverage_matrix() }}

{{ page_counts() }}

{{ guidance_matrix() }}

{{ review_queue() }}

{{ pack_list() }}

{{ download_list() }}

{{ picture("coverage") }}

{{ picture("mechanism") }}

{{ picture("stages") }}

{{ picture("timeline") }}

{{ recommendation_index() }}

{{ feed_list() }}

It was read on {{ review_date() }}.
""",
    "docs/about/changes.md": """\
---
title: What changed
summary: The newest first.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ change_list() }}

{{ attestation_counts() }}

{{ citation_counts() }}

{{ report_table("council-of-europe") }}

{{ topic_table("council-of-europe", area="prisons") }}
""",
    "docs/reference/glossary.md": """\
---
title: Glossary
summary: Terms.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ glossary() }}
""",
    "docs/reference/sources.md": """\
---
title: Sources
summary: Sources.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ bibliography() }}
""",
    "docs/reference/timeline.md": """\
---
title: Timeline
summary: Events.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ timeline() }}
""",
    "docs/reference/actors.md": """\
---
title: Bodies
summary: Bodies and groups.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

{{ actor_list() }}
""",
}
"""Every file of the project but `macros.py` and `overrides/`, which are the real ones."""


def write_project(root: Path, real: Path) -> Path:
    """Write the project into the folder `root`, with what it has from the real one, and give the folder back."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(real / "macros.py", root / "macros.py")
    shutil.copytree(real / "overrides", root / "overrides", dirs_exist_ok=True)
    return root


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change a file of the project; what is to be changed must stand in it exactly once."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands as an editor would, in a folder, with more variables in its environment."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | variables
    program, *arguments = command
    return subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
