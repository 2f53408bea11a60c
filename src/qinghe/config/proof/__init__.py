"""What the house promises, how each promise is checked, and what was measured last.

The bars are rows of docs/bars.toml. A test or a bench names the bar it checks in its docstring, as
"bar 12" or "bars 12 and 13"; in the docstring of a module it speaks for all in it. The last figures
lie in bench/figures.json, which `./qinghe bench --write` keeps. `./qinghe docs` writes the two pages.
"""
