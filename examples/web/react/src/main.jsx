import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { Query } from "tamis-query/react";

function App() {
  const [text, setText] = useState("ip.category = Risky");
  const [sent, setSent] = useState("");
  return createElement("main", null,
    createElement(Query, { schema: "activities", label: "Filter activities", value: text, chips: true, onInput: setText, onSubmit: ({ text: query }) => setSent(query) }),
    createElement("p", { id: "length" }, text.length),
    createElement("pre", { id: "sent" }, sent));
}

createRoot(document.querySelector("#root")).render(createElement(App));
