"""Pictures of what the registry holds, drawn when the site is built.

A picture is plain SVG that is at its size on a phone. Its shapes say how they look both in attributes, for places that
have no style sheet of ours, and in classes, by which the site's own colours win. Whatever it shows is also said in
words beside it.
"""
