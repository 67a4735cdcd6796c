"""How the checkers that are written in Java are run."""

FOR_SHORT_RUNS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java with which a run of a few seconds takes less than half of the processor's time."""
