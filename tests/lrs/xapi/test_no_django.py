import subprocess
import sys


def test_the_standard_imports_without_django() -> None:
    code = """
import pkgutil, importlib, sys
sys.modules["django"] = None  # any import of it fails
import lrs.xapi
for module in pkgutil.walk_packages(lrs.xapi.__path__, "lrs.xapi."):
    importlib.import_module(module.name)
print(len(sys.modules["lrs.xapi.validation"].validate_statement({})))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
