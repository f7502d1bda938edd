// Quick answers for professionals: one question, one answer, no conversation. Every question goes out under a new
// random id, so that the same question always gets the same answer, whatever was asked before it.
(() => {
  "use strict";
  const { vraag, wachttijd, hulplijnen, antwoordElement, alsTekst, kopieer, schaduw, stijlTekst, teksten, el } = window.Koers;
  const eigen = {
    zoekt: "Koers zoekt een antwoord.",
    gevonden: { answer: "Antwoord gevonden.", clarify: "Wat bedoel je? Kies een vraag.", no_answer: "Geen antwoord gevonden.", flow: "Dit kan in de chat.", crisis: "Hulp bij gevaar staat hieronder." },
    reactie: "Koers heeft gereageerd.",
    kopieer: "Kopieer als tekst",
    gekopieerd: "Gekopieerd. Plak het in je verslag.",
    verderMet: "Verder met",
    bedoel: "Bedoel je",
    vraagKop: "Vraag: ",
    opgehaald: "Koers, geraadpleegd op ",
    gesprek: "Hiervoor stel ik een paar vragen. Dat kan in de chat; hier krijg je één antwoord tegelijk.",
    naarChat: "Ga verder in de chat",
  };
  const BEWAAR = "koers-snel";
  const veld = document.getElementById("vraag");
  const status = document.getElementById("status");
  const plek = document.getElementById("antwoord");
  const laatst = document.getElementById("laatst");
  const wortel = schaduw(plek, stijlTekst + ".koers { background: var(--kaart); border: 1px solid var(--lijn); border-radius: .5em; padding: 1em 1.1em; } .inhoud { max-width: 42em; } .vervolg { margin-top: 1em; } .crisis { margin-top: 1em; }");
  let beurt = 0;

  const lees = () => {
    try {
      return JSON.parse(sessionStorage.getItem(BEWAAR)) || [];
    } catch {
      return [];
    }
  };

  function bewaar(vragen) {
    try {
      sessionStorage.setItem(BEWAAR, JSON.stringify(vragen));
    } catch {
      // Without session storage there is no list, and everything else works.
    }
    toonLaatste(vragen);
  }

  function toonLaatste(vragen) {
    laatst.hidden = !vragen.length;
    laatst.querySelector("ul").replaceChildren(
      ...vragen.map((tekst) => el("li", {}, el("a", { href: "/snel?vraag=" + encodeURIComponent(tekst), onclick: (event) => {
        event.preventDefault();
        stel(tekst, tekst);
      } }, tekst))),
    );
  }

  const notitie = (getoond, antwoorden) =>
    [eigen.vraagKop + getoond, ...antwoorden.map(alsTekst), eigen.opgehaald + new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" })].join("\n\n");

  /** A guided conversation needs more than one message: only the chat can hold it. */
  const alsGesprek = (getoond) =>
    el("div", { class: "koers", lang: "nl" }, el("p", {}, eigen.gesprek), el("div", { class: "acties" },
      el("a", { class: "knop hoofdknop", href: "/?rol=professional&vraag=" + encodeURIComponent(getoond) }, eigen.naarChat)));

  function plaats(blok) {
    wortel.querySelector(".koers")?.remove();
    wortel.append(blok);
  }

  function toon(getoond, antwoorden) {
    if (antwoorden.some(({ custom }) => custom.kind === "flow")) return plaats(alsGesprek(getoond));
    const blok = el("div", { class: "koers", lang: "nl" }, ...antwoorden.map((antwoord) => antwoordElement(antwoord)));
    for (const bron of blok.querySelectorAll("details")) bron.open = true;
    const knoppen = antwoorden.flatMap(({ buttons }) => buttons || []);
    const crisis = antwoorden.some(({ custom }) => custom && custom.kind === "crisis");
    if (!crisis) {
      blok.append(el("div", { class: "acties" }, el("button", { type: "button", class: "knop hoofdknop", onclick: async () => {
        status.textContent = (await kopieer(notitie(getoond, antwoorden), blok)) ? eigen.gekopieerd : teksten.kopierenMislukt;
      } }, eigen.kopieer)));
    } else {
      blok.append(el("div", { class: "crisis" }, hulplijnen()));
    }
    if (knoppen.length) {
      const clarify = antwoorden.some(({ custom }) => custom && custom.kind === "clarify");
      blok.append(el("div", { class: "vervolg", role: "group", "aria-label": clarify ? eigen.bedoel : eigen.verderMet }, el("div", { class: "acties" },
        ...knoppen.map(({ title, payload }) => payload.startsWith("/start_")
          ? el("a", { class: "knop", href: "/?rol=professional&vraag=" + encodeURIComponent(title) }, title)
          : el("button", { type: "button", class: "knop", onclick: () => stel(payload, title) }, title)))));
    }
    plaats(blok);
  }

  async function stel(bericht, getoond) {
    const mijn = ++beurt;
    veld.value = getoond;
    status.textContent = eigen.zoekt;
    for (let poging = 0; mijn === beurt; poging++) {
      try {
        const antwoorden = await vraag(bericht, { rol: "professional" });
        // A later question has overtaken this one: only the last one counts.
        if (mijn === beurt) ontvang(getoond, antwoorden);
        return;
      } catch (fout) {
        if (mijn !== beurt) return;
        const rust = wachttijd(fout, poging);
        status.textContent = rust === null && poging ? teksten.fouten.opgegeven : fout.message;
        if (rust === null) return;
        await new Promise((klaar) => setTimeout(klaar, rust));
      }
    }
  }

  function ontvang(getoond, ontvangen) {
    const antwoorden = ontvangen.filter(({ custom }) => custom && custom.kind);
    const gemaskeerd = ontvangen.find(({ custom }) => custom && custom.notice === "masked");
    toon(getoond, antwoorden);
    const soort = ["crisis", "flow", "clarify", "no_answer", "answer"].find((een) => antwoorden.some(({ custom }) => custom.kind === een));
    status.textContent = [gemaskeerd && gemaskeerd.text, eigen.gevonden[soort] || eigen.reactie].filter(Boolean).join(" ");
    // What someone in need typed is not kept in a list, nor a question with somebody's data in it.
    if (soort === "crisis" || gemaskeerd) return;
    bewaar([getoond, ...lees().filter((oud) => oud !== getoond)].slice(0, 8));
  }

  document.getElementById("zoek").addEventListener("submit", (event) => {
    event.preventDefault();
    const tekst = veld.value.trim();
    if (tekst) stel(tekst, tekst);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea")) return;
    event.preventDefault();
    veld.focus();
    veld.select();
  });
  laatst.querySelector("button").addEventListener("click", () => {
    bewaar([]);
    veld.focus();
  });

  toonLaatste(lees());
  if (veld.value.trim()) stel(veld.value.trim(), veld.value.trim());
  else veld.focus();
})();
