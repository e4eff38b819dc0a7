const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export const connection = {
  title: 'Connection',
  lead: 'Tries every part of the way between this screen and the server, and says what is wrong where.',
  run: 'Test again',
  running: 'Testing',
  copy: 'Copy report',
  copied: 'Copied',
  reportHint: 'The report holds no names, no addresses of yours and nothing from your boards.',
  all: 'Everything works. What others do reaches this screen as it happens.',
  some: 'Something is in the way. The first fault is usually the cause of the ones below it.',
  states: {
    waiting: 'Waiting',
    running: 'Testing',
    ok: 'Works',
    slow: 'Works, but slowly',
    bad: 'Does not work',
    skipped: 'Not tried',
  },
  ms: (ms: number) => `${ms} ms`,
  steps: {
    http: { name: 'Server', about: 'Loading and saving, over HTTP' },
    token: { name: 'Sign-in', about: 'A token for the live connection' },
    socket: { name: 'Live connection', about: 'A WebSocket through everything in between' },
    join: { name: 'Your own stream', about: 'Joining it and reading where it stands' },
    heads: { name: 'Live delivery', about: 'Word from the live service by way of Redis; this can take ten seconds' },
    clock: { name: 'Clock', about: 'This device’s time beside the server’s' },
  },
  clockApart: (seconds: number) => `${tenths.format(seconds)} s apart`,
  cures: {
    offline: 'This device is offline. Your changes are kept here and sent when it is back.',
    unreachable:
      'The server does not answer. If others can open it, look at this device’s network, VPN or firewall; if not, the server or its gateway is down.',
    apiDown:
      'The gateway answers, but core-api behind it does not. It may be starting; if it stays so, look at its log.',
    apiSlow: 'The server answers, but takes long. Everything works, only later.',
    signedOut: 'You are signed out. Sign in again; what you wrote here is kept.',
    tokenFailed: 'The server answers, but gives no token. Look for identity in core-api’s log.',
    upgrade:
      'The WebSocket does not get through, though the live service answers. A proxy in between drops the upgrade: it must pass the headers Upgrade and Connection for /ws and allow long connections. Until then changes are fetched over HTTP, a little later.',
    realtimeDown:
      'The live service does not answer. It may be restarting. Until then changes are fetched over HTTP, a little later.',
    origin: 'The live service does not accept this address. It must be in PUBLIC_URL or ALLOWED_ORIGINS of the server.',
    refusedToken:
      'The live service does not accept the token. Its clock may be wrong, or it asks another core-api for the keys.',
    moving: 'The live service is just restarting. Test again in a few seconds.',
    join: 'The live service answers, but does not let this stream in. It may not reach core-api or Redis: look at its log.',
    resync:
      'The live service could not take up where this screen stands. It recovers by itself; test again in a few seconds.',
    heads:
      'The live service is connected, but has lost Redis: it says nothing rather than something old. Check REDIS_URL and whether Redis runs.',
    clock:
      'The clocks differ by so much that tokens may count as expired. Switch on automatic time, on this device or on the server.',
    unexpected: 'This step ended in a way that should not happen. Copy the report for whoever runs the server.',
  },
  report: 'Taskflow connection report',
}
