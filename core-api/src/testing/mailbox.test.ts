import { once } from 'node:events'
import { connect } from 'node:net'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTransport } from 'nodemailer'
import { openMailbox } from './mailbox.ts'

const test = suite('the mailbox of the tests')

test('outlives a sender that dies in the middle of a mail, and goes on to take others', async () => {
  let begun = () => {}
  const isBegun = new Promise<void>((resolve) => (begun = resolve))
  const mailbox = await openMailbox({}, async () => (begun(), true))
  const { port } = new URL(mailbox.url)
  const dying = connect(Number(port), '127.0.0.1')
  for (const line of ['EHLO me', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.org>', 'DATA']) {
    await once(dying, 'data')
    dying.write(`${line}\r\n`)
  }
  await once(dying, 'data')
  dying.write('Subject: half')
  await isBegun
  dying.destroy()

  const sender = createTransport(mailbox.url)
  await sender.sendMail({ from: 'a@example.org', to: 'b@example.org', subject: 'Whole', text: 'all of it' })
  sender.close()
  assert.deepEqual(
    mailbox.received.map(({ subject }) => subject),
    ['Whole'],
  )
  await mailbox.close()
})

test.run()
