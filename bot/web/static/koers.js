/*!
 * Koers, the chat for websites. One line puts it on a page:
 *
 *   <script src="https://koers.example.nl/static/koers.js" defer></script>
 *
 * Attributes of that line (all optional):
 *   data-modus   "zwevend" (default: a button in the corner), "inline", or "geen" (only window.Koers)
 *   data-doel    id of the element that an inline chat fills
 *   data-server  address of the assistant; default: where this file comes from
 *   data-rol     "client", "professional" or "employer": skips the question who someone is
 *   data-regio   arbeidsmarktregio of the visitors
 *   data-thema   "licht", "donker", "auto" (default), or "site": the colours of the site's own NL Design System
 *                theme (its --basis-* tokens); what the site doesn't define keeps our value
 *   data-max     longest message in characters (default 2000, as the server has it)
 *
 * No framework, no cookies, no other origin than the assistant's. Everything lives in a shadow root with a
 * constructed style sheet: the site's own CSS and a CSP without 'unsafe-inline' do no harm. A site with a CSP
 * allows the assistant's origin in script-src and connect-src.
 */
(() => {
  "use strict";

  const script = document.currentScript;

  // ---------------------------------------------------------------------------------------------- texts

  const teksten = {
    naam: "Koers",
    ondertitel: "Vragen over werk en psychische kwetsbaarheid",
    chat: "Koers, chat",
    open: "Stel je vraag",
    sluit: "Sluit",
    sluitLang: "Sluit de chat",
    gesprek: "Gesprek met Koers",
    jij: "Jij:",
    koers: "Koers:",
    melding: "Melding:",
    vraag: "Je vraag",
    verstuur: "Verstuur",
    hint: "Typ geen namen of medische gegevens.",
    nood: "Denk je aan zelfdoding? Bel 113. Gevaar: 112.",
    welkom: "Hallo, ik ben Koers: een computerprogramma, geen mens. Ik geef informatie over werk en psychische kwetsbaarheid, met de bron erbij. Ik beslis niets. Wie ben je? Je kunt ook meteen je vraag typen.",
    keuzes: "Kies een antwoord, of typ zelf",
    rollen: [
      { rol: "client", titel: "Ik zoek werk", antwoord: "Goed dat je er bent. Wat wil je weten? Kies een vraag of typ er zelf een." },
      { rol: "professional", titel: "Ik begeleid mensen naar werk", antwoord: "Ik geef je korte, precieze antwoorden met bron en datum. Kies een vraag of typ er zelf een." },
      { rol: "employer", titel: "Ik ben werkgever", antwoord: "Wat wil je weten over werken met een psychische kwetsbaarheid? Kies een vraag of typ er zelf een." },
    ],
    voorbeelden: {
      client: [
        { titel: "Wat is IPS?", bericht: "Wat is IPS?" },
        { titel: "Vertel ik het op mijn werk?", bericht: "/start_disclosure" },
        { titel: "Welke hulp past bij mij?", bericht: "/start_eligibility" },
      ],
      professional: [
        { titel: "Wie betaalt IPS?", bericht: "Wie betaalt IPS?" },
        { titel: "Welke interventies zijn er?", bericht: "Welke interventies zijn er?" },
        { titel: "Zoek uit wie wat betaalt", bericht: "/start_financing" },
      ],
      employer: [
        { titel: "Wat mag ik vragen over ziekte?", bericht: "Wat mag ik als werkgever vragen over ziekte?" },
        { titel: "Welke hulp kan ik krijgen?", bericht: "Welke hulp is er voor werkgevers?" },
        { titel: "Wat doet een jobcoach?", bericht: "Wat doet een jobcoach?" },
      ],
    },
    bezig: "Koers zoekt een antwoord",
    duurtLang: "Dit duurt langer dan normaal. Nog even geduld.",
    nogBezig: "Ik ben nog bezig met je vorige vraag. Je tekst blijft staan.",
    bron: "1 bron",
    bronnen: "{n} bronnen",
    mogelijkVerouderd: "mogelijk verouderd",
    nietOfficieel: "geen officiële bron",
    geenDatum: "datum onbekend",
    nieuwTabblad: "(opent in een nieuw tabblad)",
    maanden: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    meerLezen: "Meer lezen",
    alsTabel: "Bekijk als tabel",
    overDitAntwoord: "Over dit antwoord",
    makkelijker: "Leg makkelijker uit",
    makkelijkerVraag: "Leg dat makkelijker uit.",
    meerDetails: "Meer details",
    meerDetailsVraag: "Meer details graag.",
    kopieer: "Kopieer",
    gekopieerd: "Gekopieerd",
    kopierenMislukt: "Kopiëren lukt niet in deze browser. Selecteer de tekst en kopieer die zelf.",
    kopieBronnen: "Bronnen:",
    nuttig: "Dit hielp mij",
    nietNuttig: "Dit hielp mij niet",
    feedbackVraag: "Wil je er iets bij zeggen? Dat hoeft niet. Typ geen namen.",
    feedbackStuur: "Stuur",
    feedbackDank: "Bedankt voor je reactie.",
    feedbackMislukt: "Je reactie is niet aangekomen. Probeer het later nog eens.",
    overzicht: "Overzicht",
    afdrukken: "Druk af",
    pdf: "Download als pdf",
    pdfKlaar: "Het overzicht is gedownload als {naam}.",
    pdfMislukt: "Downloaden lukt nu niet. Probeer het zo opnieuw, of druk het overzicht af.",
    weggegooid: "Wat je hierover invulde, staat ook niet meer op dit scherm.",
    crisisTitel: "Direct hulp",
    crisisUitleg: "Praat met een mens. Gratis, dag en nacht.",
    crisis: [
      { title: "Bel 113", url: "tel:113" },
      { title: "Bel 0800-0113", url: "tel:08000113" },
      { title: "Chat met 113", url: "https://www.113.nl" },
      { title: "Gevaar nu? Bel 112", url: "tel:112" },
    ],
    wis: "Wis gesprek",
    wisVraag: "Wil je dit gesprek wissen?",
    wisUitleg: "Alles wat je hier typte verdwijnt, ook bij Koers. Dat kan niet terug.",
    wisJa: "Ja, wis alles",
    wisNee: "Nee, ga terug",
    gewist: "Het gesprek is gewist. Je kunt gewoon een nieuwe vraag stellen.",
    wissenMislukt: "Op dit scherm is het gesprek weg. Bij Koers lukt het wissen nu niet. Daar verdwijnt het vanzelf, uiterlijk 30 dagen na je laatste bericht.",
    hersteld: "Je vorige vraag had nog geen antwoord. Hij staat weer in het tekstvak.",
    nogTekens: "Nog {n} tekens.",
    teLang: "Je bericht is te lang: {n} tekens. Maak het korter dan {max} tekens. Je tekst staat er nog.",
    opnieuw: "Probeer nu opnieuw",
    fouten: {
      offline: "Je hebt geen internet. Je tekst is bewaard. Zodra je weer internet hebt, probeer ik het opnieuw.",
      onbereikbaar: "Ik kan Koers niet bereiken. Je tekst is bewaard. Ik probeer het zo opnieuw.",
      server: "Er gaat iets mis bij Koers. Je tekst is bewaard. Ik probeer het zo opnieuw.",
      onleesbaar: "Ik kreeg een antwoord dat ik niet kan lezen. Je tekst is bewaard. Ik probeer het zo opnieuw.",
      traag: "Het antwoord komt niet. Misschien is je internet traag. Je tekst is bewaard.",
      druk: "Je stuurt veel berichten achter elkaar. Wacht een minuut. Je tekst is bewaard.",
      te_lang: "Je bericht is te lang. Maak het korter. Je tekst staat er nog.",
      afgewezen: "Koers kan dit bericht niet verwerken. Zeg het anders, of ververs de pagina. Je tekst is bewaard.",
      opgegeven: "Het lukt nog steeds niet. Je tekst is bewaard. Probeer het later opnieuw.",
    },
    kanNietWachten: "Denk je aan zelfdoding? Wacht niet op mij. Bel 113 of 0800-0113. Direct gevaar: 112.",
  };

  const invullen = (tekst, waarden) => tekst.replace(/\{(\w+)\}/g, (_, naam) => waarden[naam]);

  // ---------------------------------------------------------------------------------------------- style

  const donker = `
    color-scheme: dark !important;
    --vlak: #12181f; --kaart: #1b242e; --tekst: #e9eef3; --zacht: #b4c0cc; --lijn: #55636f; --rand: #8595a5;
    --accent: #9ccbf5; --op-accent: #0d1a26; --eigen: #1e3a56; --let-op: #3a2f10; --let-op-tekst: #ffe3a3;
    --gevaar: #ffb3bd; --gevaar-vlak: #43161e; --schaduw: 0 .5em 2em #000a;`;

  const stijlTekst = `
/* important: the site's own rules for "*" reach the host element, and only an important rule in here wins from them */
:host { all: initial !important; display: block !important; font-size: medium !important; color-scheme: light !important; }
:host {
  --vlak: #f5f7f9; --kaart: #fff; --tekst: #1b2530; --zacht: #4a5866; --lijn: #c3ccd5; --rand: #66737f;
  --accent: #154f7d; --op-accent: #fff; --eigen: #dfeaf4; --let-op: #fff3d1; --let-op-tekst: #593b00;
  --gevaar: #9d1329; --gevaar-vlak: #fdecee; --schaduw: 0 .5em 2em #0b253a40; }
@media (prefers-color-scheme: dark) { :host(:not([data-thema=licht], [data-thema=site])) { ${donker} } }
:host([data-thema=donker]) { ${donker} }
/* tokens that every NL Design System theme has: https://nldesignsystem.nl/handboek/huisstijl/themas/start-thema */
:host([data-thema=site]) {
  --vlak: var(--basis-color-default-bg-subtle, #f5f7f9); --kaart: var(--basis-color-default-bg-document, #fff);
  --tekst: var(--basis-color-default-color-document, #1b2530); --zacht: var(--basis-color-default-color-default, #4a5866);
  --lijn: var(--basis-color-default-border-subtle, #c3ccd5); --rand: var(--basis-color-default-border-default, #66737f);
  --accent: var(--basis-color-action-1-color-default, #154f7d); --op-accent: var(--basis-color-action-1-inverse-color-default, #fff);
  --eigen: var(--basis-color-action-1-bg-default, #dfeaf4); }
[hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
.koers { font: 1.0625em/1.5 "Source Sans 3", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif;
  color: var(--tekst); text-align: start; -webkit-text-size-adjust: 100%; }
button, textarea, input { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; }
p, ul, ol, h2, h3, h4, table { margin: 0 0 .6em; padding: 0; font-size: 1em; }
ul, ol { padding-inline-start: 1.3em; }
:is(p, ul, ol, table):last-child { margin-bottom: 0; }
a { color: var(--accent); text-underline-offset: .15em; overflow-wrap: anywhere; }
:focus { outline: none; }
:focus-visible { outline: .1875em solid var(--accent); outline-offset: .125em; border-radius: .25em; }
.verborgen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* frame */
.paneel, .koers:not(.zwevend) { container-type: inline-size; }
@container (max-width: 24em) { .kop .titel span { display: none; } }
@container (max-width: 20em) { .kop svg { display: none; } }
.paneel { display: flex; flex-direction: column; background: var(--vlak); color: var(--tekst);
  border: 1px solid var(--lijn); border-radius: .5em; }
.kop { display: flex; flex-wrap: wrap; align-items: center; gap: .25em .6em; padding: .6em 1em; background: var(--kaart);
  border-bottom: 1px solid var(--lijn); border-radius: .5em .5em 0 0; }
.kop svg { width: 2em; height: 2em; flex: none; }
.kop .titel { flex: 1 1 4.5em; line-height: 1.2; }
.kop h2 { margin: 0; font-size: 1.15em; font-weight: 700; color: var(--accent); }
.kop .titel span { font-size: .85em; color: var(--zacht); }
.inline .kop { padding-block: .35em; } .inline .kop svg, .inline .titel span { display: none; }
.log { padding: 1em; display: flex; flex-direction: column; gap: .75em; }
.zwevend { position: fixed; inset: auto 1.25em 1.25em auto; z-index: 2147483000; }
.zwevend .paneel { position: fixed; inset: auto 1.25em 1.25em auto; width: min(27em, calc(100vw - 2.5em));
  height: min(44em, calc(100dvh - 2.5em)); box-shadow: var(--schaduw); }
.zwevend .verloop { flex: 1 1 auto; overflow-y: auto; overscroll-behavior: contain; min-height: 6em; }
@media (max-width: 30em), (max-height: 32em) {
  .zwevend .paneel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; overflow-y: auto; }
}
@media (max-height: 32em) { .zwevend .verloop { flex: 0 0 auto; overflow: visible; } }
.open { display: inline-flex; align-items: center; gap: .5em; min-height: 3.25em; padding: .5em 1.25em; font-weight: 600;
  background: var(--accent); color: var(--op-accent); border: 2px solid var(--op-accent); border-radius: 2em; box-shadow: var(--schaduw); }
.open svg { width: 1.6em; height: 1.6em; }
.open:hover, .hoofdknop:hover { filter: brightness(1.12); }
.open:focus-visible { border-radius: 2em; }

/* messages */
.bericht { max-width: 38em; overflow-wrap: anywhere; }
.bericht .inhoud { background: var(--kaart); border: 1px solid var(--lijn); border-radius: .25em .75em .75em .75em; padding: .7em .9em; }
.jij { align-self: flex-end; max-width: 85%; border-radius: .75em; }
.jij .inhoud { background: var(--eigen); border-color: transparent; border-radius: .75em .25em .75em .75em; white-space: pre-line; }
.melding .inhoud { background: none; border: 0; border-inline-start: .25em solid var(--lijn); border-radius: 0; padding: .1em .8em; color: var(--zacht); font-size: .9375em; }
.crisisbericht .inhoud { background: var(--gevaar-vlak); border: 2px solid var(--gevaar); }
.stand { font-weight: 600; }
.eerder { color: var(--zacht); border-inline-start: .25em solid var(--lijn); padding-inline-start: .75em; }
.bronnen { margin-top: .6em; font-size: .9375em; border-top: 1px solid var(--lijn); padding-top: .35em; }
summary { cursor: pointer; color: var(--accent); padding: .3em 0; min-height: 2em; width: fit-content; }
.bronnen ul { list-style: none; padding: .2em 0 0; }
.bronnen li { padding: .35em 0; }
.bronnen li + li { border-top: 1px solid var(--lijn); }
.bronnen small { display: block; font-size: 1em; color: var(--zacht); }
.label { display: inline-block; background: var(--let-op); color: var(--let-op-tekst); border: 1px solid currentColor; border-radius: .25em;
  padding: 0 .4em; font-size: .9em; line-height: 1.4; }
.gereedschap { display: flex; flex-wrap: wrap; align-items: center; gap: .25em; margin-top: .35em; font-size: .9em; }
.gereedschap button, .kop button { background: none; border: 1px solid transparent; border-radius: .35em; color: var(--accent);
  min-height: 2.4em; min-width: 2.4em; padding: .2em .55em; }
.gereedschap button:hover, .kop button:hover { border-color: var(--rand); }
.kop button { border-color: var(--rand); }
.gereedschap svg { width: 1.3em; height: 1.3em; display: block; }
.gereedschap [aria-pressed=true] { background: var(--eigen); border-color: var(--accent); }
.gereedschap form { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: .4em; align-items: end; }
.gereedschap label { flex-basis: 100%; color: var(--zacht); }
.gereedschap input { flex: 1 1 10em; min-width: 0; min-height: 2.4em; padding: .3em .5em; border: 1px solid var(--rand); border-radius: .35em; background: var(--kaart); }
.gereedschap form button { border-color: var(--rand); }

/* tables: rows become cards where there is little room */
table { border-collapse: collapse; width: 100%; font-size: .9375em; margin-top: .6em; }
/* a whole word for a narrowest column: where any letter may begin a line, tables break at every one */
th, td { text-align: start; vertical-align: top; padding: .4em .6em .4em 0; border-bottom: 1px solid var(--lijn); overflow-wrap: break-word; hyphens: auto; }
.breed { overflow-x: auto; } .breed table { min-width: 60em; }
@container (max-width: 34em) {
  .breed table { min-width: 0; }
  table, tbody, tr, td, tbody th { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid var(--lijn); border-radius: .35em; padding: .35em .7em; margin-bottom: .5em; }
  td, tbody th { border: 0; padding: .15em 0; }
  td:empty { display: none; }
  td::before { content: attr(data-kolom) ": "; font-weight: 600; color: var(--zacht); }
}

/* the overview of a guided conversation */
.document { border: 1px solid var(--rand); border-radius: .5em; padding: .9em 1em; margin-top: .6em; background: var(--kaart); }
.document h3 { font-size: 1.15em; color: var(--accent); }
.document h4 { margin: .8em 0 .2em; }
.acties { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .8em; }

/* typing, choices, errors, form */
.bezig { min-height: 0; padding: 0 1em; color: var(--zacht); font-size: .9375em; }
.bezig:not(:empty) { padding-bottom: .75em; }
.bezig i { display: inline-block; width: .4em; height: .4em; margin-inline-start: .25em; border-radius: 50%; background: currentColor; }
@media (prefers-reduced-motion: no-preference) {
  .bezig i { animation: tik 1.2s infinite; } .bezig i:nth-of-type(2) { animation-delay: .2s; } .bezig i:nth-of-type(3) { animation-delay: .4s; }
  @keyframes tik { 50% { opacity: .25; } }
}
.keuzes { padding: 0 1em 1em; }
.keuzes p { font-size: .9375em; color: var(--zacht); margin-bottom: .4em; }
.keuzes ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5em; }
.knop { min-height: 2.75em; padding: .45em .95em; text-align: start; background: var(--kaart); color: var(--accent); font-weight: 600;
  border: 2px solid var(--accent); border-radius: .4em; text-decoration: none; display: inline-flex; align-items: center; line-height: 1.3; overflow-wrap: anywhere; }
.knop:hover { background: var(--eigen); }
.sturing { border: 1px solid var(--rand); font-weight: 400; }
.hoofdknop { background: var(--accent); color: var(--op-accent); }
.hoofdknop:hover { background: var(--accent); }
.hoofdknop[aria-disabled=true] { opacity: .65; cursor: default; filter: none; }
.fout:not(:empty) { margin: 0 1em .75em; padding: .6em .8em; background: var(--gevaar-vlak); border: 1px solid var(--gevaar); border-inline-start-width: .35em; border-radius: .25em; }
.fout .knop { margin-top: .5em; }
.invoer { padding: .75em 1em 1em; background: var(--kaart); border-top: 1px solid var(--lijn); border-radius: 0 0 .5em .5em; }
.inline.begonnen .invoer { position: sticky; bottom: 0; z-index: 1; }
/* what gets the focus must not end up under the crisis card or the field, which stay in sight */
.inline :is(.log, .keuzes, .fout) :is(a, button, summary, input) { scroll-margin-block: 10em 11em; }
@media (max-height: 32em) {
  .inline.begonnen .invoer { position: static; }
  .inline :is(.log, .keuzes, .fout) :is(a, button, summary, input) { scroll-margin-block: 10em 1em; }
}
.invoer label { font-weight: 600; display: block; margin-bottom: .2em; }
.rij { display: flex; gap: .5em; align-items: end; }
textarea { flex: 1; min-width: 0; min-height: 2.9em; max-height: 9em; field-sizing: content; resize: none; padding: .6em .7em; line-height: 1.4;
  background: var(--kaart); border: 1px solid var(--rand); border-radius: .4em; }
textarea:focus-visible { outline-offset: 0; border-color: var(--accent); border-radius: .4em; }
.hint { font-size: .875em; color: var(--zacht); margin: .35em 0 0; }
.hint + .hint { margin-top: .1em; }
@container (max-width: 26em) { .invoer { padding: .5em .8em .6em; } .log, .keuzes { padding-inline: .8em; } }
@container (max-width: 16em) { .rij { flex-wrap: wrap; } .rij textarea { flex-basis: 100%; } }

/* crisis: stays in sight */
.crisis { background: var(--gevaar-vlak); border-bottom: 2px solid var(--gevaar); padding: .6em 1em .75em; }
.inline .crisis { position: sticky; top: 0; z-index: 2; }
@media (max-height: 26em) { .inline .crisis { position: static; } }
.crisis h3 { display: inline; color: var(--gevaar); } .crisis p { display: inline; font-size: .9375em; }
.crisis ul { list-style: none; padding: 0; margin: .45em 0 0; display: flex; flex-wrap: wrap; gap: .4em; }
@container (max-width: 26em) { .crisis { padding-block: .4em .5em; } .crisis p { display: none; } .crisis ul { display: grid; grid-template-columns: 1fr 1fr; } .crisis .knop { width: 100%; height: 100%; padding-inline: .6em; } }
.crisis .knop { border-color: var(--gevaar); color: var(--gevaar); background: var(--kaart); }
.crisis .knop.eerste { background: var(--gevaar); color: var(--kaart); }

dialog { color: var(--tekst); background: var(--kaart); border: 1px solid var(--rand); border-radius: .5em; padding: 1.25em; max-width: min(26em, calc(100vw - 2em)); }
dialog::backdrop { background: #0b1620a6; }
dialog h3 { font-size: 1.15em; }

@media (forced-colors: active) {
  .inhoud, .knop, .open, .fout, .crisis { border: 1px solid CanvasText !important; }
  .hoofdknop, .knop.eerste { forced-color-adjust: none; background: ButtonText; color: ButtonFace; }
  .bezig i { background: CanvasText; }
}
@media print {
  .open, .invoer, .keuzes, .gereedschap, .kop button, .acties, .fout, .bezig { display: none !important; }
  .paneel, .inhoud { border: 0; background: none; color: #000; }
}
`;

  const afdrukStijl = `
:host { all: initial !important; display: none !important; }
@media print { :host { display: block !important; } section { font: 12pt/1.5 "Segoe UI", "Liberation Sans", sans-serif; color: #000; }
  h3 { font-size: 18pt; margin: 0 0 8pt; } h4 { font-size: 13pt; margin: 14pt 0 4pt; break-after: avoid; } p, li { break-inside: avoid; }
  .acties { display: none; } }`;

  const blad = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  };

  /** A shadow root in `host` that has `css`; a browser without constructed sheets gets a style element. */
  function schaduw(host, css) {
    const wortel = host.attachShadow({ mode: "open" });
    try {
      wortel.adoptedStyleSheets = [blad(css)];
    } catch {
      wortel.append(el("style", {}, css));
    }
    return wortel;
  }

  // -------------------------------------------------------------------------------------------- elements

  /** An element with attributes; `onclick` and its like become listeners, children may be text. Never HTML. */
  function el(naam, kenmerken = {}, ...kinderen) {
    const element = document.createElement(naam);
    for (const [kenmerk, waarde] of Object.entries(kenmerken)) {
      if (waarde === null || waarde === undefined || waarde === false) continue;
      if (kenmerk.startsWith("on")) element.addEventListener(kenmerk.slice(2), waarde);
      else element.setAttribute(kenmerk, waarde === true ? "" : waarde);
    }
    element.append(...kinderen.filter((kind) => kind !== null && kind !== undefined));
    return element;
  }

  const SVG = "http://www.w3.org/2000/svg";

  function plaatje(paden, vul = "none") {
    const svg = document.createElementNS(SVG, "svg");
    for (const [naam, waarde] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", fill: vul, stroke: "currentColor", "stroke-width": "1.8", "stroke-linejoin": "round", "stroke-linecap": "round" })) svg.setAttribute(naam, waarde);
    for (const vorm of paden) {
      const pad = document.createElementNS(SVG, "path");
      pad.setAttribute("d", vorm);
      svg.append(pad);
    }
    return svg;
  }

  /** Our own mark: a compass needle. */
  const merk = () => plaatje(["M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z", "M16.2 7.8 13.6 13.6 7.8 16.2 10.4 10.4Z"]);
  const duim = () => plaatje(["M7 11v9H3.5v-9H7Zm0 0 4-8c1.5 0 2.5 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7"]);
  const duimOmlaag = () => plaatje(["M7 13V4H3.5v9H7Zm0 0 4 8c1.5 0 2.5-1 2.5-2.5V15H19a2 2 0 0 0 2-2.3l-1.2-7A2 2 0 0 0 17.8 4H7"]);

  // ------------------------------------------------------------------------------------- text to elements

  const veiligAdres = (adres) => {
    try {
      const url = new URL(adres, location.href);
      return ["https:", "http:", "tel:", "mailto:"].includes(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  };

  function koppeling(adres, titel, klasse) {
    const veilig = veiligAdres(adres);
    if (!veilig) return document.createTextNode(titel);
    const elders = veilig.startsWith("http");
    return el(
      "a",
      { href: veilig, class: klasse, target: elders ? "_blank" : null, rel: elders ? "noopener noreferrer" : null },
      titel,
      elders ? el("span", { class: "verborgen" }, " " + teksten.nieuwTabblad) : null,
    );
  }

  const HERKEN = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(0800[- ]?\d{4}|088[- ]\d{3,4}[- ]\d{3,4})/g;

  /** Text in which web addresses, mail addresses and free telephone numbers can be followed. */
  function metKoppelingen(tekst) {
    const delen = [];
    let einde = 0;
    for (const vondst of tekst.matchAll(HERKEN)) {
      const [geheel, web, mail] = vondst;
      delen.push(tekst.slice(einde, vondst.index));
      delen.push(koppeling(web || (mail ? "mailto:" + mail : "tel:" + geheel.replace(/[- ]/g, "")), geheel));
      einde = vondst.index + geheel.length;
    }
    delen.push(tekst.slice(einde));
    return delen.filter((deel) => deel !== "");
  }

  /** The same where 113 and 112 are the numbers of people who help, and no article or amount. */
  const metHulplijnen = (tekst) =>
    tekst.split(/(\b11[23]\b(?!\.nl))/).flatMap((deel, nummer) => (nummer % 2 ? koppeling("tel:" + deel, deel) : metKoppelingen(deel)));

  /** Paragraphs and lists of a plain text; a line "Title: https://..." becomes a link with that title. */
  function alinea(tekst, koppel = metKoppelingen) {
    const blokken = [];
    let lijst = null;
    let regels = null;
    for (const regel of tekst.split("\n")) {
      const punt = /^\s*(?:[-•]|(\d+)\.)\s+(.*)$/.exec(regel);
      if (punt) {
        const soort = punt[1] ? "ol" : "ul";
        if (!lijst || lijst.localName !== soort) blokken.push((lijst = el(soort)));
        lijst.append(el("li", {}, ...koppel(punt[2])));
        regels = null;
        continue;
      }
      lijst = null;
      const benoemd = /^(.{2,140}?): (https?:\/\/\S+)$/.exec(regel);
      const inhoud = benoemd ? [koppeling(benoemd[2], benoemd[1])] : koppel(regel);
      if (regels) regels.append(el("br"), ...inhoud);
      else blokken.push((regels = el("p", {}, ...inhoud)));
    }
    return blokken;
  }

  function datum(waarde) {
    if (!waarde || waarde === "ongedateerd") return teksten.geenDatum;
    const [jaar, maand, dag] = waarde.split("-");
    return [dag && Number(dag), maand && teksten.maanden[Number(maand) - 1], jaar].filter(Boolean).join(" ");
  }

  const label = (tekst) => el("span", { class: "label" }, tekst);

  function bronnen(lijst) {
    const oud = lijst.some((bron) => bron.possibly_outdated);
    const kop = lijst.length === 1 ? teksten.bron : invullen(teksten.bronnen, { n: lijst.length });
    const toelichting = lijst.length === 1 ? ` (${datum(lijst[0].as_of)})` : "";
    return el(
      "details",
      { class: "bronnen" },
      el("summary", {}, kop + toelichting + " ", oud ? label(teksten.mogelijkVerouderd) : null),
      el("ul", {}, ...lijst.map((bron) =>
        el(
          "li",
          {},
          bron.url ? koppeling(bron.url, bron.title) : bron.title,
          el("small", {}, [bron.locator, bron.publisher, datum(bron.as_of)].filter(Boolean).join(" · ")),
          bron.possibly_outdated ? label(teksten.mogelijkVerouderd) : null,
          bron.official === false ? label(teksten.nietOfficieel) : null,
        ),
      )),
    );
  }

  const WEINIG_KOLOMMEN = 5;

  /** A table whose roles are spelled out: as cards on a phone it would lose them. */
  function tabel({ columns = [], rows = [] }) {
    const element = el(
      "table",
      { role: "table" },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...columns.map((kolom) => el("th", { role: "columnheader", scope: "col" }, String(kolom))))),
      el("tbody", { role: "rowgroup" }, ...rows.map((rij) =>
        el("tr", { role: "row" }, ...rij.map((cel, nummer) =>
          nummer === 0
            ? el("th", { role: "rowheader", scope: "row" }, ...metKoppelingen(String(cel ?? "")))
            : el("td", { role: "cell", "data-kolom": String(columns[nummer] ?? "") }, ...metKoppelingen(String(cel ?? ""))),
        )),
      )),
    );
    if (columns.length <= WEINIG_KOLOMMEN) return element;
    // Wider than a message can be, and its rows stand in the text: who wants it opens it, and scrolls.
    return el("details", { class: "bronnen" }, el("summary", {}, teksten.alsTabel),
      el("div", { class: "breed", role: "region", tabindex: "0", "aria-label": teksten.alsTabel }, element));
  }

  /** The overview that a guided conversation ends with, to keep on paper or as a PDF. */
  function overzicht(blad, download) {
    const { title, sections = [], footer } = blad;
    const kaart = el("section", { class: "document" }, el("h3", {}, title || teksten.overzicht));
    for (const { heading, lines = [] } of sections) {
      if (heading) kaart.append(el("h4", {}, heading));
      kaart.append(lines.length === 1 ? el("p", {}, ...metKoppelingen(lines[0])) : el("ul", {}, ...lines.map((regel) => el("li", {}, ...metKoppelingen(regel)))));
    }
    if (footer) kaart.append(el("p", { class: "hint" }, ...metKoppelingen(footer)));
    const druk = el("button", { type: "button", class: "knop", onclick: () => drukAf(kaart) }, teksten.afdrukken);
    const bewaar = download && el("button", { type: "button", class: "knop", onclick: () => download(blad) }, teksten.pdf);
    kaart.append(el("div", { class: "acties" }, bewaar || null, druk));
    return kaart;
  }

  const alineas = (tekst) => tekst.split(/\n{2,}/).flatMap(alinea);

  /** Print one element and nothing else of the page that it stands on. */
  function drukAf(element) {
    const kopie = document.createElement("koers-afdruk");
    schaduw(kopie, afdrukStijl).append(element.cloneNode(true));
    const verberg = blad("@media print { body > :not(koers-afdruk) { display: none !important; } }");
    const eerder = [...document.adoptedStyleSheets];
    document.body.append(kopie);
    document.adoptedStyleSheets = [...eerder, verberg];
    addEventListener("afterprint", () => {
      kopie.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== verberg);
    }, { once: true });
    window.print();
  }

  const zonderTeken = (regel) => regel.replace(/^\s*(?:[-•]|\d+\.)\s+/, "").replace(/:\s*$/, "").trim();

  /** The reply's text without what is shown apart: sources, options that are buttons; also an overview and a table, unless `alles`. */
  function tekstZonderDubbel(antwoord, alles = false) {
    const eigen = antwoord.custom || {};
    let stukken = (antwoord.text || "").split(/\n{2,}/);
    if ((eigen.sources || []).length) stukken = stukken.filter((stuk, nummer) => nummer === 0 || !/^Bron(nen)?: /.test(stuk));
    const apart = new Set();
    for (const knop of antwoord.buttons || []) apart.add(zonderTeken(knop.title));
    if (eigen.table && !alles) for (const [kop, ...cellen] of eigen.table.rows || []) [kop, ...cellen.map((cel, nummer) => `${eigen.table.columns[nummer + 1]}: ${cel}`)].forEach((regel) => apart.add(zonderTeken(String(regel ?? ""))));
    if (eigen.document && !alles) for (const { heading, lines = [] } of eigen.document.sections || []) [heading || "", ...lines, `${heading}: ${lines[0]}`].forEach((regel) => apart.add(zonderTeken(regel)));
    stukken = stukken.map((stuk) => stuk.split("\n").filter((regel) => !apart.has(zonderTeken(regel))).join("\n"));
    return stukken.filter((stuk) => stuk.trim()).join("\n\n");
  }

  /** Large links to people who help: those that the reply names, or else the fixed ones. */
  function hulplijnen(links = teksten.crisis) {
    return el("ul", {}, ...links.map(({ title, url }, nummer) => el("li", {}, koppeling(url, title, nummer ? "knop" : "knop eerste"))));
  }

  /** A reply of the assistant as an element: text, table, links, overview, and sources folded under it. `download` saves an overview. */
  function antwoordElement(antwoord, download = null) {
    const eigen = antwoord.custom || {};
    const inhoud = el("div", { class: "inhoud" });
    const stukken = tekstZonderDubbel(antwoord).split(/\n{2,}/);
    for (const stuk of stukken) {
      const blokken = alinea(stuk, eigen.kind === "crisis" ? metHulplijnen : metKoppelingen);
      const stand = eigen.changed && /^(Nu:|In de bron \([^)]*\):)/.exec(stuk);
      if (stand && blokken[0].firstChild.nodeType === Node.TEXT_NODE) {
        const begin = blokken[0].firstChild;
        begin.data = begin.data.slice(stand[1].length);
        blokken[0].prepend(el("span", { class: "stand" }, stand[1]));
        if (stand[1] !== "Nu:") blokken.forEach((blok) => blok.classList.add("eerder"));
      }
      inhoud.append(...blokken);
    }
    if (eigen.table) inhoud.append(tabel(eigen.table));
    // In a crisis the links stand in the card that stays in sight; said twice they would push the question away.
    const nieuw = eigen.kind === "crisis" ? [] : (eigen.links || []).filter((link) => link.url && !(antwoord.text || "").includes(link.url));
    if (nieuw.length) inhoud.append(el("ul", { "aria-label": teksten.meerLezen }, ...nieuw.map((link) => el("li", {}, koppeling(link.url, link.title || link.url)))));
    if (eigen.document) inhoud.append(overzicht(eigen.document, download));
    if ((eigen.sources || []).length) inhoud.append(bronnen(eigen.sources));
    return inhoud;
  }

  /** A reply as plain text for a clipboard or a file note. */
  function alsTekst(antwoord) {
    const lijst = (antwoord.custom || {}).sources || [];
    const tekst = tekstZonderDubbel(antwoord, true);
    if (!lijst.length) return tekst;
    const regels = lijst.map((bron) => {
      const toevoeging = [bron.locator, bron.publisher, datum(bron.as_of), bron.possibly_outdated && teksten.mogelijkVerouderd, bron.official === false && teksten.nietOfficieel, bron.url];
      return "- " + [bron.title, ...toevoeging].filter(Boolean).join(", ");
    });
    return `${tekst}\n\n${teksten.kopieBronnen}\n${regels.join("\n")}`;
  }

  async function kopieer(tekst, naast) {
    try {
      await navigator.clipboard.writeText(tekst);
      return true;
    } catch {
      // Without https, or on a site that forbids the clipboard: the old way, which needs a selected field.
      const veld = el("textarea", { class: "verborgen", "aria-hidden": "true", tabindex: "-1" });
      veld.value = tekst;
      naast.append(veld);
      veld.select();
      const gelukt = document.execCommand("copy");
      veld.remove();
      return gelukt;
    }
  }

  // ------------------------------------------------------------------------------------------- transport

  const WACHT = 30000;

  /** Why a message got no answer. `oorzaak` is a key of `teksten.fouten`. */
  class Fout extends Error {
    constructor(oorzaak, wachten = 0) {
      super(teksten.fouten[oorzaak]);
      this.oorzaak = oorzaak;
      this.wachten = wachten;
    }
  }

  const nieuweAfzender = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** Post JSON. Gives the body, as text or as what `lees` makes of it, or throws a `Fout`. */
  async function post(adres, inhoud, lees = "text") {
    const stop = new AbortController();
    const klok = setTimeout(() => stop.abort(), WACHT);
    let antwoord;
    let tekst;
    try {
      antwoord = await fetch(adres, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(inhoud),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: stop.signal,
      });
      tekst = await antwoord[lees]();
    } catch {
      if (stop.signal.aborted) throw new Fout("traag");
      throw new Fout(navigator.onLine === false ? "offline" : "onbereikbaar");
    } finally {
      clearTimeout(klok);
    }
    if (antwoord.ok) return tekst;
    if (antwoord.status === 429) throw new Fout("druk", 1000 * (Number(antwoord.headers.get("Retry-After")) || 60));
    if (antwoord.status === 413) throw new Fout("te_lang");
    throw new Fout(antwoord.status >= 500 ? "server" : "afgewezen");
  }

  /** Ask the assistant. Gives its replies, or throws a `Fout` that says what went wrong. */
  async function vraag(server, bericht, { afzender = nieuweAfzender(), rol = null, regio = null } = {}) {
    const metadata = Object.fromEntries(Object.entries({ role: rol, region: regio }).filter(([, waarde]) => waarde));
    const tekst = await post(server + "/webhooks/website/webhook", { sender: afzender, message: bericht, metadata });
    let antwoorden = null;
    try {
      antwoorden = JSON.parse(tekst);
    } catch {
      // Said below: it is no list of replies.
    }
    if (!Array.isArray(antwoorden) || !antwoorden.length) throw new Fout("onleesbaar");
    return antwoorden;
  }

  const POGINGEN = [1000, 2000, 4000, 8000, 16000, 30000];
  const VANZELF = new Set(["offline", "onbereikbaar", "server", "onleesbaar", "druk"]);

  /** How long to wait before the next try after `poging` tries; null when trying again by itself makes no sense. */
  function wachttijd(fout, poging) {
    if (!VANZELF.has(fout.oorzaak) || poging >= POGINGEN.length) return null;
    return fout.wachten || POGINGEN[poging] * (0.8 + Math.random() * 0.4);
  }

  // --------------------------------------------------------------------------------------------- storage

  /** What must survive a reload, in this tab only. Without session storage it lives as long as the page. */
  function opslag(sleutel) {
    let geheugen = null;
    return {
      lees() {
        try {
          return JSON.parse(sessionStorage.getItem(sleutel));
        } catch {
          return geheugen;
        }
      },
      schrijf(waarde) {
        geheugen = waarde;
        try {
          sessionStorage.setItem(sleutel, JSON.stringify(waarde));
        } catch {
          // Full or forbidden: the conversation goes on, it just doesn't survive a reload.
        }
      },
    };
  }

  // ------------------------------------------------------------------------------------------------ chat

  const MAX_BEWAARD = 400;
  /** Buttons that steer a guided conversation; they look less than the answers among which they stand. */
  const STURING = new Set(["/skip_step", "/go_back", "/stop_flow"]);

  /** One chat in `host`: its view, its conversation and what becomes of both when things go wrong. */
  class Chat {
    constructor(host, opties) {
      this.opties = opties;
      this.opslag = opslag("koers:" + opties.server);
      this.bezig = false;
      this.bouw(host);
      this.herstel();
      // Only from here on are lines news: a restored conversation is not read out.
      setTimeout(() => this.log.setAttribute("aria-live", "polite"), 0);
      addEventListener("online", () => this.wachtend && this.opnieuw());
    }

    // view

    bouw(host) {
      const { zwevend } = this.opties;
      if (this.opties.thema) host.setAttribute("data-thema", this.opties.thema);
      this.log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-relevant": "additions", "aria-label": teksten.gesprek, tabindex: zwevend ? "0" : null });
      this.status = el("div", { class: "bezig", role: "status" });
      this.keuzes = el("div", { class: "keuzes", role: "group", "aria-label": teksten.keuzes, hidden: true });
      // The choices scroll with what they follow: beside it they leave an answer no room on a phone.
      this.verloop = el("div", { class: "verloop" }, this.log, this.keuzes);
      this.fout = el("div", { class: "fout", role: "alert" });
      this.crisis = el("section", { class: "crisis", "aria-label": teksten.crisisTitel, hidden: true },
        el("h3", {}, teksten.crisisTitel + ". "), el("p", {}, teksten.crisisUitleg), hulplijnen());
      this.veld = el("textarea", { id: "vraag", rows: "1", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "hint",
        oninput: () => this.getypt(),
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          this.verstuurVeld();
        } });
      this.hint = el("p", { class: "hint", id: "hint" }, teksten.hint);
      // Not every danger is seen: whom to call stands here always, and larger in the card once it was.
      this.nood = el("p", { class: "hint" }, ...metHulplijnen(teksten.nood));
      this.stuurknop = el("button", { class: "knop hoofdknop" }, teksten.verstuur);
      const wisknop = el("button", { type: "button", onclick: () => this.wisDialoog.showModal() }, teksten.wis);
      const sluitknop = zwevend ? el("button", { type: "button", "aria-label": teksten.sluitLang, onclick: () => this.sluit() }, teksten.sluit) : null;
      this.wisDialoog = el("dialog", { "aria-labelledby": "wis-titel" },
        el("h3", { id: "wis-titel" }, teksten.wisVraag), el("p", {}, teksten.wisUitleg),
        el("div", { class: "acties" },
          el("button", { type: "button", class: "knop hoofdknop", onclick: () => this.wis() }, teksten.wisJa),
          el("button", { type: "button", class: "knop", onclick: () => this.wisDialoog.close() }, teksten.wisNee)));
      this.paneel = el("section", { class: "paneel", id: "paneel", role: zwevend ? "dialog" : "region", "aria-label": teksten.chat, hidden: zwevend,
        onkeydown: (event) => zwevend && event.key === "Escape" && !this.wisDialoog.open && this.sluit() },
        el("div", { class: "kop" }, merk(), el("div", { class: "titel" }, el("h2", {}, teksten.naam), el("span", {}, teksten.ondertitel)), wisknop, sluitknop),
        this.crisis, this.verloop, this.status, this.fout,
        el("form", { class: "invoer", onsubmit: (event) => { event.preventDefault(); this.verstuurVeld(); } },
          el("label", { for: "vraag" }, teksten.vraag), el("div", { class: "rij" }, this.veld, this.stuurknop), this.hint, this.nood),
        this.wisDialoog);
      this.openknop = zwevend ? el("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": "paneel", onclick: () => this.open() }, merk(), teksten.open) : null;
      this.merkteken = el("div", { class: "koers " + (zwevend ? "zwevend" : "inline"), lang: "nl" }, this.openknop, this.paneel);
      schaduw(host, stijlTekst).append(this.merkteken);
    }

    open(focus = true) {
      this.paneel.hidden = false;
      this.openknop.hidden = true;
      this.openknop.setAttribute("aria-expanded", "true");
      this.naarEinde();
      if (focus) this.veld.focus();
      this.bewaar();
    }

    sluit() {
      this.paneel.hidden = true;
      this.openknop.hidden = false;
      this.openknop.setAttribute("aria-expanded", "false");
      this.openknop.focus();
      this.bewaar();
    }

    // conversation: what was said is a list of lines, and every line can be drawn again

    herstel() {
      const bewaard = this.opslag.lees();
      this.begin(bewaard && bewaard.afzender);
      if (bewaard && Array.isArray(bewaard.regels)) {
        this.rol = bewaard.rol || this.opties.rol;
        this.tekst(bewaard.tekst || "");
        const laatste = bewaard.regels.at(-1);
        const onbeantwoord = laatste && laatste.van === "jij";
        for (const regel of onbeantwoord ? bewaard.regels.slice(0, -1) : bewaard.regels) this.toon(regel, true);
        if (onbeantwoord) {
          // The page was left before the answer came. A button is offered again, typed text is put back.
          if (laatste.getypt && !this.veld.value) this.tekst(laatste.tekst);
          if (laatste.getypt) this.zeg({ van: "melding", tekst: teksten.hersteld });
        }
        this.toonKeuzes();
        if (bewaard.open && this.opties.zwevend) this.open(false);
      }
      if (!this.regels.length) this.welkom();
      this.vooraf();
    }

    /** A page may hand over a question to start with; it is put in the field and never sent by itself. */
    vooraf() {
      if (!this.opties.vraag || this.veld.value) return;
      this.tekst(this.opties.vraag);
      this.veld.focus();
    }

    begin(afzender) {
      this.afzender = afzender || nieuweAfzender();
      this.regels = [];
      this.rol = this.opties.rol;
      this.log.replaceChildren();
      this.crisis.hidden = true;
      this.nood.hidden = false;
      if (this.kanaal) this.kanaal.close();
      // A duplicated tab has the same conversation: both show the same lines, and wiping one wipes both.
      this.kanaal = "BroadcastChannel" in window ? new BroadcastChannel("koers-" + this.afzender) : null;
      if (this.kanaal) this.kanaal.onmessage = ({ data }) => (data.wis ? this.schoon() : data.weg ? this.gooiWeg(data.weg) : this.zeg(data.regel, false));
    }

    welkom() {
      const knoppen = this.rol ? this.voorbeelden() : teksten.rollen.map(({ rol, titel }) => ({ titel, rol }));
      this.zeg({ van: "koers", antwoord: { text: teksten.welkom }, knoppen });
    }

    voorbeelden() {
      return teksten.voorbeelden[this.rol] || teksten.voorbeelden.client;
    }

    /** Add a line, draw it and remember it. */
    zeg(regel, doorgeven = true) {
      const element = this.toon(regel);
      this.toonKeuzes();
      this.bewaar();
      if (doorgeven && this.kanaal) this.kanaal.postMessage({ regel });
      return element;
    }

    toon(regel, stil = false) {
      this.regels.push(regel);
      const soort = regel.antwoord && regel.antwoord.custom && regel.antwoord.custom.kind;
      const klasse = { jij: "bericht jij", melding: "bericht melding" }[regel.van] || "bericht" + (soort === "crisis" ? " crisisbericht" : "");
      const inhoud = regel.antwoord ? antwoordElement(regel.antwoord, (blad) => this.download(blad)) : el("div", { class: "inhoud" }, regel.tekst);
      inhoud.prepend(el("span", { class: "verborgen" }, teksten[regel.van] + " "));
      const element = el("div", { class: klasse, tabindex: regel.van === "jij" ? "-1" : null }, inhoud);
      this.log.append(element);
      if (regel.van !== "melding") for (const oud of this.log.querySelectorAll(".laatste")) oud.remove();
      if (soort === "crisis") {
        const { links } = regel.antwoord.custom;
        this.crisis.querySelector("ul").replaceWith(hulplijnen(links && links.length ? links : undefined));
        this.crisis.hidden = false;
        this.nood.hidden = true;
      }
      if (soort === "answer" || soort === "no_answer") {
        // Not in the same breath as the text: a screen reader would read every button out as news.
        if (stil) element.append(this.gereedschap(regel));
        else setTimeout(() => {
          const { scrollTop, clientHeight, scrollHeight } = this.verloop;
          const onderaan = scrollTop + clientHeight >= scrollHeight - 2;
          element.append(this.gereedschap(regel));
          if (onderaan) this.naarEinde();
        }, 60);
      }
      return element;
    }

    toonKeuzes() {
      const laatste = this.regels.at(-1);
      const knoppen = !this.bezig && laatste && laatste.knoppen ? laatste.knoppen : [];
      const clarify = laatste && laatste.antwoord && laatste.antwoord.custom && laatste.antwoord.custom.kind === "clarify";
      this.keuzes.hidden = !knoppen.length;
      this.merkteken.classList.toggle("begonnen", this.regels.some(({ van }) => van === "jij"));
      this.keuzes.replaceChildren();
      if (knoppen.length) this.keuzes.append(el("ul", {}, ...knoppen.map((knop, nummer) =>
        el("li", {}, el("button", { type: "button", class: "knop" + (STURING.has(knop.bericht) ? " sturing" : ""), onclick: () => this.kies(knop) }, (clarify ? `${nummer + 1}. ` : "") + knop.titel)))));
    }

    kies(knop) {
      if (this.bezig) return;
      if (knop.rol) {
        this.rol = knop.rol;
        const eigen = this.zeg({ van: "jij", tekst: knop.titel });
        const { antwoord } = teksten.rollen.find(({ rol }) => rol === knop.rol);
        this.zeg({ van: "koers", antwoord: { text: antwoord }, knoppen: this.voorbeelden() });
        this.naar(eigen, true);
      } else this.verstuur({ bericht: knop.bericht, tekst: knop.titel });
    }

    // under an answer

    gereedschap(regel) {
      const eigen = regel.antwoord.custom;
      const balk = el("div", { class: "gereedschap", role: "group", "aria-label": teksten.overDitAntwoord, "aria-live": "off" });
      const opvolging = (tekst, vraagtekst, stem) =>
        el("button", { type: "button", class: "laatste", onclick: () => this.verstuur({ bericht: vraagtekst, tekst, stem }) }, tekst);
      if (eigen.kind === "answer" && eigen.answer_id && regel === this.regels.at(-1)) {
        balk.append(regel.stem === "professional"
          ? opvolging(teksten.makkelijker, teksten.makkelijkerVraag, "client")
          : opvolging(teksten.meerDetails, teksten.meerDetailsVraag, "professional"));
      }
      const kopie = el("button", { type: "button", onclick: async () => {
        const gelukt = await kopieer(alsTekst(regel.antwoord), balk);
        kopie.textContent = gelukt ? teksten.gekopieerd : teksten.kopieer;
        this.status.textContent = gelukt ? teksten.gekopieerd : teksten.kopierenMislukt;
        setTimeout(() => { kopie.textContent = teksten.kopieer; if (!this.bezig) this.status.replaceChildren(); }, 3000);
      } }, teksten.kopieer);
      balk.append(kopie);
      for (const [oordeel, naam, beeld] of [["up", teksten.nuttig, duim], ["down", teksten.nietNuttig, duimOmlaag]]) {
        balk.append(el("button", { type: "button", "aria-label": naam, title: naam, "aria-pressed": String(regel.oordeel === oordeel),
          onclick: (event) => this.beoordeel(regel, oordeel, balk, event.currentTarget) }, beeld()));
      }
      return balk;
    }

    /** Send a thumb at once; a word that follows, or the other thumb, replaces it: the line has a random name for that. */
    async beoordeel(regel, oordeel, balk, knop) {
      for (const ander of balk.querySelectorAll("[aria-pressed]")) ander.setAttribute("aria-pressed", String(ander === knop));
      for (const oud of balk.querySelectorAll("form")) oud.remove();
      regel.oordeel = oordeel;
      regel.naam = regel.naam || nieuweAfzender();
      this.bewaar();
      const stuur = async (woord) => {
        const inhoud = { name: regel.naam, answer_id: regel.antwoord.custom.answer_id ?? null, rating: oordeel, comment: woord };
        try {
          const ontvangen = JSON.parse(await post(this.opties.server + "/webhooks/website/feedback", inhoud));
          this.status.textContent = teksten.feedbackDank;
          // Words in which someone tells of danger are answered like a message.
          for (const antwoord of ontvangen.messages || []) {
            this.zeg({ van: "koers", antwoord });
            this.naarEinde();
          }
        } catch {
          this.status.textContent = teksten.feedbackMislukt;
        }
      };
      // Several may be open: a label must find its own field.
      const id = "woord-" + regel.naam;
      const veld = el("input", { id, maxlength: "300", autocomplete: "off" });
      balk.append(el("form", { onsubmit: (event) => {
        event.preventDefault();
        event.currentTarget.remove();
        knop.focus();
        if (veld.value.trim()) stuur(veld.value.trim());
      } }, el("label", { for: id }, teksten.feedbackVraag), veld, el("button", {}, teksten.feedbackStuur)));
      await stuur("");
    }

    /** The overview as a file: the assistant makes it from what this screen shows and keeps nothing. */
    async download(blad) {
      try {
        const adres = URL.createObjectURL(await post(this.opties.server + "/webhooks/website/overview", blad, "blob"));
        const naam = blad.file_name || "overzicht.pdf";
        el("a", { href: adres, download: naam }).click();
        setTimeout(() => URL.revokeObjectURL(adres), 60000);
        this.status.textContent = invullen(teksten.pdfKlaar, { naam });
      } catch {
        this.status.textContent = teksten.pdfMislukt;
      }
    }

    // sending

    getypt() {
      this.hoogte();
      const over = this.opties.max - [...this.veld.value].length;
      this.hint.textContent = over < 200 && over >= 0 ? invullen(teksten.nogTekens, { n: over }) : teksten.hint;
      // Whoever changes the text has taken over: nothing is sent behind their back.
      if (this.wachtend && this.wachtend.getypt) this.stopWachten();
      this.bewaar();
    }

    tekst(waarde) {
      this.veld.value = waarde;
      this.hoogte();
    }

    /** Browsers without `field-sizing` get their height this way. */
    hoogte() {
      if (CSS.supports("field-sizing", "content")) return;
      this.veld.style.height = "auto";
      this.veld.style.height = this.veld.scrollHeight + 2 + "px";
    }

    verstuurVeld() {
      const tekst = this.veld.value.trim();
      if (!tekst) return this.veld.focus();
      if (this.bezig) return void (this.status.textContent = teksten.nogBezig);
      const lengte = [...tekst].length;
      if (lengte > this.opties.max) return this.meld(invullen(teksten.teLang, { n: lengte.toLocaleString("nl"), max: this.opties.max.toLocaleString("nl") }));
      this.verstuur({ bericht: tekst, tekst, getypt: true });
    }

    /** Send. A try of its own accord (`poging` > 0) leaves the screen as it is until there is an answer. */
    async verstuur(zending, poging = 0) {
      if (this.bezig) return;
      clearTimeout(this.klok);
      this.wachtend = null;
      const { afzender } = this;
      const regel = { van: "jij", tekst: zending.tekst, getypt: Boolean(zending.getypt) };
      let eigen = null;
      const zetNeer = () => {
        this.fout.replaceChildren();
        if (zending.getypt && this.veld.value.trim() === zending.tekst) this.tekst("");
        eigen = this.zeg(regel, false);
      };
      this.bezig = true;
      if (!poging) {
        zetNeer();
        this.naar(eigen, !zending.getypt);
      }
      this.stuurknop.setAttribute("aria-disabled", "true");
      const kloks = [
        setTimeout(() => this.status.replaceChildren(teksten.bezig, el("i"), el("i"), el("i")), 250),
        setTimeout(() => this.status.replaceChildren(teksten.duurtLang, el("i"), el("i"), el("i")), 8000),
      ];
      let antwoorden = null;
      let fout = null;
      try {
        antwoorden = await vraag(this.opties.server, zending.bericht, { afzender, rol: this.rol, regio: this.opties.regio });
      } catch (reden) {
        fout = reden instanceof Fout ? reden : new Fout("onleesbaar");
      }
      kloks.forEach(clearTimeout);
      this.bezig = false;
      this.status.replaceChildren();
      this.stuurknop.removeAttribute("aria-disabled");
      if (afzender !== this.afzender) return; // wiped in the meantime
      if (fout) return this.mislukt(zending, poging, fout, regel, eigen);
      if (!eigen) zetNeer();
      if (this.kanaal) this.kanaal.postMessage({ regel });
      this.ontvang(antwoorden, zending.stem);
      if (eigen.isConnected) this.naar(eigen);
      else if (!zending.getypt) this.veld.focus();
    }

    ontvang(antwoorden, stem) {
      if (antwoorden.some(({ custom }) => custom && custom.command === "forget")) {
        this.kanaal && this.kanaal.postMessage({ wis: true });
        return this.schoon();
      }
      const weg = antwoorden.map(({ custom }) => custom || {}).find(({ command }) => command === "forget_flow");
      if (weg) {
        this.kanaal && this.kanaal.postMessage({ weg: weg.flow });
        this.gooiWeg(weg.flow);
      }
      for (const { text, buttons, custom } of antwoorden) {
        // What Koers is stands in the welcome already, and not to type names under the field.
        if (custom && custom.notice === "introduction") continue;
        const knoppen = (buttons || []).map(({ title, payload }) => ({ titel: title, bericht: payload }));
        if (custom && custom.notice && !custom.kind) this.zeg({ van: "melding", tekst: text });
        else this.zeg({ van: "koers", antwoord: { text, buttons, custom }, knoppen, stem: stem || (this.rol === "professional" ? "professional" : "client") });
      }
    }

    /** Take the message back, give the text back, say why, and try again where that may help. */
    mislukt(zending, poging, fout, regel, eigen) {
      const hadFocus = eigen && eigen.matches(":focus");
      if (eigen) {
        eigen.remove();
        this.regels.splice(this.regels.indexOf(regel), 1);
        if (zending.getypt && !this.veld.value) this.tekst(zending.tekst);
      }
      this.toonKeuzes();
      this.bewaar();
      const rust = wachttijd(fout, poging);
      const op = rust === null && VANZELF.has(fout.oorzaak);
      const zin = fout.oorzaak === "te_lang" || fout.oorzaak === "afgewezen" ? null : zending;
      this.wachtend = zin && { ...zending, poging: poging + 1 };
      this.meld(op ? teksten.fouten.opgegeven : fout.message, Boolean(zin));
      if (hadFocus) (this.fout.querySelector("button") || this.veld).focus();
      if (rust !== null) this.klok = setTimeout(() => this.opnieuw(), rust);
    }

    opnieuw(zelf = false) {
      const { poging, ...zending } = this.wachtend || {};
      if (!poging) return;
      if (zelf) this.veld.focus();
      this.verstuur(zending, zelf ? 0 : poging);
    }

    stopWachten() {
      clearTimeout(this.klok);
      this.wachtend = null;
      this.fout.replaceChildren();
    }

    /** Say what is wrong, once: a second try that fails the same way isn't announced again. */
    meld(tekst, metKnop = false) {
      if (this.fout.firstChild && this.fout.firstChild.textContent === tekst) return;
      this.fout.replaceChildren(el("p", {}, tekst));
      // Nobody has looked at a message that didn't arrive: whoever is in danger must not wait for it.
      this.fout.append(el("p", {}, ...metHulplijnen(teksten.kanNietWachten)));
      if (metKnop) this.fout.append(el("button", { type: "button", class: "knop", onclick: () => this.opnieuw(true) }, teksten.opnieuw));
    }

    // wiping

    /** The screen is clean at once, whoever looks over a shoulder; then the server is told. */
    async wis() {
      const { afzender } = this;
      this.wisDialoog.close();
      if (this.kanaal) this.kanaal.postMessage({ wis: true });
      this.schoon();
      this.veld.focus();
      for (const rust of [0, 1000, 4000]) {
        await new Promise((klaar) => setTimeout(klaar, rust));
        try {
          await vraag(this.opties.server, "/delete_conversation", { afzender });
          return;
        } catch {
          // Next try; after the last one it is said.
        }
      }
      this.zeg({ van: "melding", tekst: teksten.wissenMislukt });
    }

    /** Take a guided conversation off the screen and out of the session: from its first question to the last line. */
    gooiWeg(gesprek) {
      const begint = ({ antwoord }) => antwoord && antwoord.custom && antwoord.custom.flow === gesprek && antwoord.custom.flow_begins;
      const eerste = this.regels.findLastIndex(begint);
      if (eerste < 0) return;
      const over = this.regels.slice(0, eerste);
      this.regels = [];
      this.log.replaceChildren();
      for (const regel of over) this.toon(regel, true);
      this.zeg({ van: "melding", tekst: teksten.weggegooid }, false);
    }

    schoon() {
      this.stopWachten();
      this.begin();
      this.tekst("");
      this.zeg({ van: "melding", tekst: teksten.gewist });
      this.welkom();
      this.naarEinde();
    }

    // odds and ends

    /** Bring a line to the top of what is seen, so that the answer under it is read from its beginning. */
    naar(element, focus = false) {
      if (focus) element.focus({ preventScroll: true });
      if (this.opties.zwevend && getComputedStyle(this.verloop).overflowY !== "visible") this.verloop.scrollTop = element.offsetTop - this.verloop.offsetTop - 8;
      else {
        element.style.scrollMarginTop = this.crisis.offsetHeight + 16 + "px";
        element.scrollIntoView({ block: "start" });
      }
    }

    naarEinde() {
      if (this.opties.zwevend) this.verloop.scrollTop = this.verloop.scrollHeight;
    }

    bewaar() {
      const { afzender, rol } = this;
      const regels = this.regels.slice(-MAX_BEWAARD);
      this.opslag.schrijf({ afzender, rol, regels, tekst: this.veld.value, open: !this.paneel.hidden });
    }
  }

  // ----------------------------------------------------------------------------------------------- start

  const gegevens = script ? script.dataset : {};
  const server = (gegevens.server || (script && script.src ? new URL(script.src).origin : location.origin)).replace(/\/+$/, "");

  window.Koers = Object.freeze({ vraag: (bericht, opties) => vraag(server, bericht, opties), wachttijd, hulplijnen, antwoordElement, alsTekst, kopieer, schaduw, stijlTekst, teksten, el });

  function start() {
    const modus = gegevens.modus || "zwevend";
    if (modus === "geen") return;
    const doel = gegevens.doel && document.getElementById(gegevens.doel);
    const host = document.createElement("koers-chat");
    (doel || document.body).append(host);
    new Chat(host, {
      server,
      zwevend: modus !== "inline",
      rol: gegevens.rol || null,
      regio: gegevens.regio || null,
      thema: gegevens.thema || null,
      max: Number(gegevens.max) || 2000,
      vraag: gegevens.vraag || null,
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
