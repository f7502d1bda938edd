// A minimal page to type into; the widget for other sites is a part of its own.
"use strict";

const texts = {
  offline: "Ik kan de server niet bereiken. Je tekst staat er nog; probeer het zo opnieuw.",
  failed: "Er ging iets mis. Je tekst staat er nog; probeer het zo opnieuw.",
};
const log = document.getElementById("log");
const form = document.getElementById("form");
const input = document.getElementById("message");
const role = document.getElementById("role");
const sender = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function show(text, mine) {
  const message = document.createElement("div");
  message.className = mine ? "message mine" : "message";
  message.textContent = text;
  log.append(message);
  message.scrollIntoView({ block: "nearest" });
}

function showButtons(buttons) {
  const choices = document.createElement("div");
  choices.className = "choices";
  for (const choice of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = choice.title;
    button.addEventListener("click", () => send(choice.payload, choice.title));
    choices.append(button);
  }
  log.append(choices);
}

async function send(message, shown) {
  show(shown, true);
  let answer;
  try {
    answer = await fetch("/webhooks/website/webhook", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender, message, metadata: { role: role.value } }),
    });
  } catch {
    input.value = shown;
    return show(texts.offline, false);
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || !Array.isArray(body)) {
    input.value = shown;
    return show((body && body.message) || texts.failed, false);
  }
  for (const reply of body) {
    show(reply.text, false);
    if (reply.buttons) showButtons(reply.buttons);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  send(text, text);
});
