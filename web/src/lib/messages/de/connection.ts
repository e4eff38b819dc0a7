import type { connection as en } from '../en/connection.ts'

const tenths = new Intl.NumberFormat('de', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export const connection: typeof en = {
  title: 'Verbindung',
  lead: 'Prüft jeden Teil des Weges zwischen diesem Bildschirm und dem Server und sagt, wo was fehlt.',
  run: 'Noch einmal prüfen',
  running: 'Prüft',
  copy: 'Bericht kopieren',
  copied: 'Kopiert',
  reportHint: 'Der Bericht enthält keine Namen, keine Adressen von dir und nichts aus deinen Boards.',
  all: 'Alles geht. Was andere tun, kommt hier an, während es geschieht.',
  some: 'Etwas ist im Weg. Der erste Fehler ist meist der Grund für die folgenden.',
  states: {
    waiting: 'Wartet',
    running: 'Prüft',
    ok: 'Geht',
    slow: 'Geht, aber langsam',
    bad: 'Geht nicht',
    skipped: 'Nicht versucht',
  },
  ms: (ms) => `${ms} ms`,
  steps: {
    http: { name: 'Server', about: 'Laden und Speichern über HTTP' },
    token: { name: 'Anmeldung', about: 'Ein Token für die Live-Verbindung' },
    socket: { name: 'Live-Verbindung', about: 'Ein WebSocket durch alles, was dazwischen liegt' },
    join: { name: 'Dein eigener Strom', about: 'Ihm beitreten und lesen, wo er steht' },
    heads: {
      name: 'Live-Zustellung',
      about: 'Ein Wort vom Live-Dienst auf dem Weg über Redis; das kann zehn Sekunden dauern',
    },
    clock: { name: 'Uhr', about: 'Die Zeit dieses Geräts neben der des Servers' },
  },
  clockApart: (seconds) => `${tenths.format(seconds)} s Abstand`,
  cures: {
    offline: 'Dieses Gerät ist offline. Deine Änderungen bleiben hier und gehen hinaus, sobald es zurück ist.',
    unreachable:
      'Der Server antwortet nicht. Können andere ihn öffnen, sieh nach Netz, VPN oder Firewall dieses Geräts; sonst steht der Server oder sein Gateway.',
    apiDown:
      'Das Gateway antwortet, core-api dahinter nicht. Vielleicht startet es gerade; bleibt es so, sieh in sein Protokoll.',
    apiSlow: 'Der Server antwortet, braucht aber lange. Alles geht, nur später.',
    signedOut: 'Du bist abgemeldet. Melde dich wieder an; was du hier geschrieben hast, bleibt.',
    tokenFailed: 'Der Server antwortet, gibt aber kein Token. Such im Protokoll von core-api nach identity.',
    upgrade:
      'Der WebSocket kommt nicht durch, obwohl der Live-Dienst antwortet. Ein Proxy dazwischen verwirft das Upgrade: Er muss für /ws die Kopfzeilen Upgrade und Connection weitergeben und lange Verbindungen erlauben. Bis dahin kommen Änderungen über HTTP, etwas später.',
    realtimeDown:
      'Der Live-Dienst antwortet nicht. Vielleicht startet er neu. Bis dahin kommen Änderungen über HTTP, etwas später.',
    origin:
      'Der Live-Dienst nimmt diese Adresse nicht an. Sie muss beim Server in PUBLIC_URL oder ALLOWED_ORIGINS stehen.',
    refusedToken:
      'Der Live-Dienst nimmt das Token nicht an. Vielleicht geht seine Uhr falsch, oder er fragt ein anderes core-api nach den Schlüsseln.',
    moving: 'Der Live-Dienst startet gerade neu. Prüf in ein paar Sekunden noch einmal.',
    join: 'Der Live-Dienst antwortet, lässt diesen Strom aber nicht zu. Vielleicht erreicht er core-api oder Redis nicht: Sieh in sein Protokoll.',
    resync:
      'Der Live-Dienst konnte nicht dort anknüpfen, wo dieser Bildschirm steht. Das gibt sich von selbst; prüf in ein paar Sekunden noch einmal.',
    heads:
      'Der Live-Dienst ist verbunden, hat aber Redis verloren: Er sagt lieber nichts als etwas Altes. Prüf REDIS_URL und ob Redis läuft.',
    clock:
      'Die Uhren gehen so weit auseinander, dass Token als abgelaufen gelten können. Schalte die automatische Uhrzeit ein, auf diesem Gerät oder auf dem Server.',
    unexpected:
      'Dieser Schritt endete, wie er nicht enden sollte. Kopiere den Bericht für die, die den Server betreiben.',
  },
  report: 'Taskflow-Verbindungsbericht',
}
