import { define as defineBuilder } from "tamis-query/builder";
import { define } from "tamis-query/query";

define();
defineBuilder();
document.querySelector("#box").addEventListener("tamis-submit", event => {
  document.querySelector("#sent").textContent = event.detail.text;
});
