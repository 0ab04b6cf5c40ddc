import { type ElementTexts } from '../en/element.js';

/** By the codes of faults. */
const faults: Readonly<Record<string, string>> = {
  required: 'fehlt noch',
  text: 'hat zu wenige oder zu viele Zeichen',
  link: 'muss eine vollständige Adresse mit http oder https sein, ohne Benutzernamen, Passwort und unsichtbare Zeichen',
  integer: 'ist länger, als hier erlaubt ist',
};

const subject = (what: string) => (what === '' ? '' : `${what} – `);

/** Every German text of the element. */
const elementTexts: ElementTexts = {
  sets: (count) => (count === 1 ? 'Ein Satz Zugangsdaten' : `${count} Sätze Zugangsdaten`),
  somebody: 'Jemand',
  close: 'Schließen',
  cancel: 'Abbrechen',
  retry: 'Noch einmal versuchen',
  more: 'Mehr anzeigen',
  loading: 'Wird geladen …',
  slow: 'Das dauert länger als sonst. Einen Moment noch …',
  offline:
    'Zurzeit keine Verbindung. Es wird von selbst wieder versucht; nichts Getipptes geht verloren.',
  reference: (id) => `Vorgang ${id}`,
  doubted:
    'Der Dienst, von dem dieses Ticket kommt, hat etwas mitgeteilt, das hier nicht verstanden wird. Bis das geklärt ist, wird nichts gezeigt.',

  share: {
    button: 'Zugangsdaten vertraulich mitteilen',
    promise:
      'Verschlüsselt, nur für Bearbeiter sichtbar, die an diesem Ticket arbeiten dürfen, und vernichtet, sobald es gelöst ist.',
    advice: 'Am besten ein befristetes Konto mitteilen und das Passwort danach ändern.',
    username: 'Benutzername',
    password: 'Passwort',
    link: 'Link / URL',
    additionalInformation: 'Weitere Angaben',
    optional: 'freiwillig',
    show: 'Passwort zeigen',
    hide: 'Passwort verbergen',
    lines: 'Hat mehrere Zeilen; sie bleiben erhalten.',
    blanks: 'Beginnt oder endet mit einem Leerzeichen; es bleibt erhalten.',
    expiresIn: 'Vernichten',
    expiryChoices: {
      '': 'wenn das Ticket gelöst ist',
      604800: 'nach einer Woche',
      86400: 'nach einem Tag',
      3600: 'nach einer Stunde',
    },
    expiryName: 'Die Frist bis zur Vernichtung',
    expiryNote: 'Was früher kommt, gilt: dieser Zeitpunkt oder das Ende des Tickets.',
    submit: 'Vertraulich mitteilen',
    submitting: 'Wird mitgeteilt …',
    required: (field) => `${field} fehlt noch.`,
    fault: (field, detail, code) => `${field} ${faults[code] ?? `passt so nicht (${detail})`}.`,
    discard: 'Eingaben verwerfen?',
    discardYes: 'Verwerfen',
    discardNo: 'Weiter schreiben',
    conflict:
      'Eine frühere Fassung ist schon angekommen. Um auch die jetzige mitzuteilen, bitte noch einmal senden.',
    done: 'Mitgeteilt. Es wird nicht noch einmal gezeigt, auch Ihnen nicht.',
  },

  shared: {
    title: (number) => `Zugangsdaten ${number}`,
    since: (when) => `mitgeteilt ${when}`,
    until: (when) => `spätestens ${when} vernichtet`,
    unseen: 'Noch nicht angesehen',
    seen: (times) => (times === 1 ? 'Einmal angesehen' : `${times}-mal angesehen`),
    last: (name) => `zuletzt von ${name}`,
    withdraw: 'Zurückziehen',
    withdrawAsk: 'Diese Zugangsdaten jetzt vernichten? Danach kann sie niemand mehr lesen.',
    withdrawYes: 'Jetzt vernichten',
    withdrawn: 'Zurückgezogen und vernichtet.',
    others: (name) =>
      `Von ${name} mitgeteilt, und kann von dort zurückgezogen werden. ` +
      'Auch Bearbeiter können es auf Ihre Bitte vernichten.',
    former:
      'Dieses Ticket gehört jetzt jemand anderem. Was Sie mitgeteilt haben, ist noch da, und Sie können es zurückziehen.',
    requested: (name) => `${name} bittet um Zugangsdaten`,
    answer: 'Jetzt mitteilen',
  },

  agent: {
    none: 'Zu diesem Ticket wurde nichts mitgeteilt.',
    request: 'Kunden bitten',
    requestMessage: 'Was wird gebraucht?',
    requestSend: 'Bitte senden',
    requested: (when) => `Der Kunde wurde ${when} gebeten.`,
    requestWithdraw: 'Bitte zurückziehen',
    waiting: (count) =>
      count === 1
        ? 'Ein Satz Zugangsdaten ist mitgeteilt.'
        : `${count} Sätze Zugangsdaten sind mitgeteilt.`,
    revealNote: 'Das Ansehen wird festgehalten, und der Kunde sieht es.',
    reveal: 'Alle zeigen',
    revealing: 'Werden geholt …',
    reason: 'Wozu werden sie gebraucht?',
    reasonNeeded: 'Ihr Helpdesk verlangt einen Grund. Er steht im Zugriffsprotokoll.',
    newcomers: (count) =>
      count === 1
        ? 'Inzwischen kam ein weiterer Satz dazu.'
        : `Inzwischen kamen ${count} weitere Sätze dazu.`,
    unassigned: 'Noch bearbeitet niemand dieses Ticket.',
    assigned: (name) => `${name} bearbeitet dieses Ticket.`,
    takeNote: 'Um zu sehen, was mitgeteilt wurde, müssen Sie es übernehmen.',
    takeTold: (name) => `Das wird festgehalten, und ${name} erfährt es.`,
    takeLogged: 'Das wird festgehalten.',
    take: 'Übernehmen und ansehen',
    taking: 'Wird übernommen …',
    tookOver: (name) => `${name} hat das Ticket übernommen; was gezeigt war, ist verborgen.`,
    unassignedNow: 'Das Ticket ist Ihnen nicht mehr zugewiesen; was gezeigt war, ist verborgen.',
    remaining: (clock) => `Verborgen in ${clock}`,
    hideNow: 'Jetzt verbergen',
    mask: 'Abdecken',
    unmask: 'Aufdecken',
    away: 'Abgedeckt, solange dieses Fenster nicht vorn ist. Kopieren geht.',
    timeUp: 'Nach der eingestellten Zeit verborgen. Bei Bedarf einfach wieder zeigen.',
    copy: (field) => `${field} kopieren`,
    copied: (field, seconds) => `${field} kopiert; in ${seconds} s aus der Zwischenablage gelöscht`,
    cleared: 'Die Zwischenablage ist geleert.',
    copyFailed:
      'Der Browser hat das Kopieren nicht erlaubt. Bitte den Text markieren und selbst kopieren.',
    masked: 'abgedeckt',
    openLink: 'öffnet sich in einem neuen Tab',
    leadsTo: (host) => `Führt zu ${host}`,
    fixed: 'Benutzername, Passwort und Link sind nicht änderbar.',
    replace: 'Vernichten und neu anfordern',
    replaceAsk: 'Diese Zugangsdaten jetzt vernichten und den Kunden um neue bitten?',
    replaceYes: 'Vernichten und bitten',
    replaced: 'Vernichtet; der Kunde wurde um neue gebeten.',
    note: 'Notizen',
    noNote: 'Keine Notizen',
    edit: 'Notizen ändern',
    save: 'Speichern',
    saving: 'Wird gespeichert …',
    saved: 'Notizen gespeichert.',
    noteChanged: 'Die Notizen wurden inzwischen geändert.',
    noteLoad: 'Laden',
    conflict:
      'Jemand anders hat die Notizen geändert, während Sie schrieben. Ihr Text ist noch da.',
    conflictTheirs: 'Deren Notizen:',
    conflictShow: 'Deren Fassung zeigen',
    conflictSave: 'Meine darüber speichern',
  },

  ended: {
    title: { resolved: 'Dieses Ticket ist gelöst', closed: 'Dieses Ticket ist geschlossen' },
    gone: 'Alles, was darunter mitgeteilt war, ist vernichtet.',
    wiped:
      'Was gezeigt war, ist von diesem Bildschirm verschwunden, und alles Mitgeteilte ist vernichtet.',
  },

  evidence: {
    log: 'Zugriffsprotokoll',
    noLog: 'Noch ist nichts geschehen.',
    receipts: 'Vernichtungsbelege',
    destroyed: (what) => `${what} vernichtet`,
    reasons: {
      'ticket-ended': 'Ticket beendet',
      expired: 'Frist abgelaufen',
      withdrawn: 'vom Kunden zurückgezogen',
      deleted: 'vom Bearbeiter gelöscht',
      reconciled: 'Ticket war beendet',
      restored: 'nach einer Wiederherstellung erneut vernichtet',
    },
    download: 'Beleg mit Signatur herunterladen',
    signing: 'wird signiert …',
    actions: {
      submit: ['mitgeteilt', 'Mitteilen'],
      reveal: ['angesehen', 'Ansehen'],
      edit: ['Notizen geändert', 'Ändern der Notizen'],
      delete: ['vernichtet', 'Vernichten'],
      destroy: ['vernichtet', 'Vernichten'],
      request: ['angefordert', 'Anfordern'],
      'withdraw-request': ['Anforderung zurückgezogen', 'Zurückziehen der Anforderung'],
      take: ['Ticket übernommen', 'Übernehmen des Tickets'],
      assign: ['Ticket zugewiesen', 'Zuweisen des Tickets'],
      unassign: ['Zuweisung aufgehoben', 'Aufheben der Zuweisung'],
    },
    done: (actor, done, what) => `${actor}: ${subject(what)}${done}`,
    refused: (actor, undone, what) => `${actor}: ${subject(what)}${undone} abgelehnt`,
    failed: (actor, undone, what) => `${actor}: ${subject(what)}${undone} misslungen`,
    all: 'alle Zugangsdaten',
    one: (number) => `Zugangsdaten ${number}`,
    unknown: 'Zugangsdaten',
    system: 'Das System',
  },

  problems: {
    unauthenticated:
      'Ihre Sitzung ist zu Ende. Bitte neu anmelden; was Sie getippt haben, bleibt stehen.',
    'sign-in-time-unknown':
      'Nichts kann angezeigt werden: Der Anmeldedienst sagt nicht, wann Sie sich angemeldet haben. An den Betreiber: Er muss auth_time in das Access-Token schreiben.',
    forbidden: 'Das dürfen Sie nicht.',
    'not-found': 'Das gibt es nicht mehr.',
    'ticket-ended': 'Das Ticket ist beendet; das geht nicht mehr.',
    'too-many':
      'Unter diesem Ticket ist schon zu viel mitgeteilt. Bitte zuerst etwas zurückziehen.',
    'rate-limited': 'Zu viele Anfragen auf einmal. Bitte einen Moment warten.',
    'standing-unknown':
      'Ob das erlaubt ist, lässt sich gerade nicht feststellen. Bitte gleich noch einmal versuchen.',
    unavailable: 'Der Dienst ist gerade nicht erreichbar. Bitte gleich noch einmal versuchen.',
    unreachable:
      'Keine Antwort. Bitte Verbindung prüfen und noch einmal versuchen; nichts Getipptes geht verloren.',
    stale: 'Jemand war schneller. Bitte noch einmal ansehen und entscheiden.',
    internal: 'Bei uns ist etwas schiefgegangen.',
  },
};

export default elementTexts;
