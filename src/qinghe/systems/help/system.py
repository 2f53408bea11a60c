from qinghe.edges.system import System

SYSTEM = System(slug="help", label="帮助", urls="qinghe.systems.help.urls")
