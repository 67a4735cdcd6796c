"""What the site gives away as data, under `/data/`: made from the objects that also make its pages.

`catalogue` says which files there are; each other module knows one form.
"""
