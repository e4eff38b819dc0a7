interface Variable {
  name: string
  byDefault: string
  meaning: string
}

/** Every variable that somebody may set, for --help; the services check the values of their own. */
export const VARIABLES: Variable[] = rows(`
PORT                | 8080                  | the one public port
HOST                | 127.0.0.1             | address to listen on; 0.0.0.0 for all
PUBLIC_URL          | http://localhost:PORT | the address that people type
DATA_DIR            | .taskflow             | data, secrets and logs
DATABASE_URL        | embedded Postgres     | any Postgres from 15 on, as the owner of the database
DATABASE_APP_URL    | made from the above   | the role that the services run as; it owns nothing
DATABASE_APP_ROLE   | taskflow_app          | the name of that role
DATABASE_POOL       | 10                    | connections of one process
REDIS_URL           | embedded              | any Redis from 7 on
APP_SECRET          | generated             | sessions, signing key, encryption; at least 32 characters
APP_SECRET_PREVIOUS | none                  | the former one, after it was replaced: what it sealed stays readable
INTERNAL_SECRET     | generated             | between the services; at least 32 characters
ALLOWED_ORIGINS     | PUBLIC_URL            | origins that may open a socket, separated by commas
TRUSTED_PROXY       | none                  | addresses of a proxy in front of the gateway
S3_URL              | DATA_DIR/attachments  | where attachments lie: https://KEY:SECRET@host/bucket?region=…
SMTP_URL            | mail goes to the log  | smtp://user:password@host:587
MAIL_FROM           | Taskflow              | the sender of mail
MAIL_DELAY_MS       | 300000                | how long something stays unread before a mail tells of it
OUTBOUND_ALLOW      | none                  | private networks that webhooks may reach, like 10.0.3.0/24
OIDC_ISSUER         | none                  | single sign-on, with the three below
OIDC_CLIENT_ID      | none                  |
OIDC_CLIENT_SECRET  | none                  |
OIDC_NAME           | Single sign-on        | the words on the button
RATE_LIMIT_SCALE    | 1                     | multiplies every rate limit
LOG_LEVEL           | info                  | fatal, error, warn, info, debug, trace or silent
LOG_REQUESTS        | false                 | one line for each request
NODE_ENV            | production            | development, production or test
ENV_FILE            | .env                  | another file of these, or empty for none
`)

export function helpText(): string {
  const lines = VARIABLES.map(({ name, byDefault, meaning }) =>
    `  ${name.padEnd(20)} ${byDefault.padEnd(22)} ${meaning}`.trimEnd(),
  )
  return `Starts Taskflow: the database, the services and the gateway in front of them.

  npm start                 start, or start again with the data that is there
  npm start -- --demo       fill an empty database with a workspace to look at
  npm start -- --help       this text

Set in the environment, even to nothing, or in a file .env beside package.json:

  ${'name'.padEnd(20)} ${'without it'.padEnd(22)} meaning
${lines.join('\n')}
`
}

function rows(text: string): Variable[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([name, byDefault, meaning]) => ({ name: name!, byDefault: byDefault!, meaning: meaning! }))
}
