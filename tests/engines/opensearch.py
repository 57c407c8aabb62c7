"""OpenSearch's query DSL, by osmem: a server of its interface in memory, not OpenSearch itself.

osmem's numbers are exact up to 2^53; a query with larger ones is only read.
"""

import http.client
import json
import re
from urllib.parse import urlsplit

from documents import document
from osmem_server import OsmemServer
from runner import serve

server = OsmemServer.start()
connection = http.client.HTTPConnection(urlsplit(server.url).netloc)


def ask(method, path, body=None):
    connection.request(method, path, body and body.encode(), {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = json.load(response)
    if response.status >= 300 and not (method == "DELETE" and response.status == 404):
        raise RuntimeError(json.dumps(answer.get("error", answer))[:500])
    return answer


def load(request):
    ask("DELETE", "/records")
    ask("PUT", "/records", request["ddl"])
    known = json.loads(request["ddl"])["mappings"]["properties"]
    lines = []
    for record in request["records"]:
        lines.append(json.dumps({"index": {"_id": str(record["row.number"])}}))
        # What the mapping leaves out is not asked for.
        lines.append(json.dumps({n: v for n, v in document(record).items() if n in known}))
    answer = ask("POST", "/records/_bulk?refresh=true", "\n".join(lines) + "\n")
    if answer["errors"]:
        raise RuntimeError(json.dumps(answer)[:500])


def select(output):
    if re.search(r"\d{17}", output["text"]):
        return None
    body = {"query": json.loads(output["text"]), "size": 10000, "_source": False}
    return [int(hit["_id"]) for hit in ask("POST", "/records/_search", json.dumps(body))["hits"]["hits"]]


serve("OpenSearch (osmem)", server.version, load, select)
