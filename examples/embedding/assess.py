# SPDX-License-Identifier: Apache-2.0
# One case, one law, one finding: in Python.   python assess.py
from partnership import charter

law = charter.load("lebanon-28-2017")
request = {"registered on": "2018-01-25", "answered on": None, "extended": False}
print(law.explain(request, "answer", "request", on="2018-02-10", language="ar"), end="")
