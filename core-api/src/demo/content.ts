import type { Hue } from '@taskflow/shared/dto/board.ts'
import type { Priority } from '@taskflow/shared/dto/task.ts'

/** The owner and the members. */
export type Who = 'ada' | 'ben' | 'cleo'

export interface DemoTask {
  title: string
  labels?: string[]
  priority?: Priority
  /** Who does it. */
  who?: Who[]
  /** Due so many days from today, with a time of day if it has one. */
  due?: number
  time?: string
  description?: string
  checklist?: [text: string, done: boolean][]
  comments?: [who: Who, body: string][]
  subtasks?: string[]
  /** Where it has gone from the board. */
  gone?: 'archived' | 'trashed'
}

export interface DemoColumn {
  name: string
  color?: Hue
  done?: boolean
  wipLimit?: number
  tasks: DemoTask[]
}

export interface DemoBoard {
  name: string
  key: string
  description: string
  columns: DemoColumn[]
}

export const LABELS: [name: string, color: Hue][] = [
  ['bug', 'red'],
  ['feature', 'blue'],
  ['design', 'violet'],
  ['writing', 'amber'],
  ['customer', 'teal'],
  ['chore', 'grey'],
]

export const BOARDS: DemoBoard[] = [
  {
    name: 'Website',
    key: 'WEB',
    description: 'The new site, out before the fair.',
    columns: [
      {
        name: 'To do',
        tasks: [
          { title: 'Write the page about prices', labels: ['writing'], priority: 'medium', due: 4 },
          { title: 'Pictures for the team page', labels: ['design'], who: ['ben'], due: 9 },
          {
            title: 'Redirect the old product addresses',
            labels: ['chore'],
            description: 'The list is in the shared folder. **Nothing** that ranks today may end in a 404.',
          },
          {
            title: 'Cookie banner: do we still need one?',
            labels: ['customer'],
            comments: [['ben', 'We set only the session cookie now, so I would say no.']],
          },
          { title: 'Make the search box forgive typing errors', labels: ['feature'], priority: 'low' },
          {
            title: 'Alt texts for all case studies',
            labels: ['writing'],
            checklist: [
              ['Harbour', true],
              ['Bakery', false],
              ['City library', false],
            ],
          },
          { title: 'Ask Nordlicht for a quote that we may print', labels: ['customer'], who: ['ada'], due: 2 },
          { title: 'Dark theme for the blog', labels: ['design', 'feature'], who: ['cleo'] },
          { title: 'Guest book', priority: 'low', gone: 'trashed' },
        ],
      },
      {
        name: 'Doing',
        color: 'blue',
        wipLimit: 10,
        tasks: [
          {
            title: 'Contact form loses what was typed when the session ends',
            labels: ['bug'],
            priority: 'high',
            who: ['ada'],
            due: 0,
            time: '17:00',
            description:
              'Steps:\n\n1. Open the form and write for a while\n2. Sign out in another tab\n3. Send\n\nWhat was written is gone. It should be kept and the person asked to sign in.',
            checklist: [
              ['Reproduce it', true],
              ['Keep the draft in the browser', true],
              ['Say what happened', false],
              ['Test on the phone', false],
            ],
            comments: [
              ['ben', 'Two customers wrote about this today.'],
              ['ada', 'I have it on my screen. The draft is kept already, the message is missing.'],
            ],
          },
          {
            title: 'Start page: the picture jumps while it loads',
            labels: ['bug', 'design'],
            priority: 'medium',
            who: ['ben'],
            due: 1,
          },
          {
            title: 'Move the blog to the new templates',
            labels: ['feature'],
            who: ['ben', 'ada'],
            due: 6,
            checklist: [
              ['List', true],
              ['Article', true],
              ['Author pages', false],
            ],
            subtasks: ['Import the old comments', 'Feed for readers', 'Redraw the author portraits'],
          },
          {
            title: 'Translate the shop into German and French',
            labels: ['writing'],
            who: ['cleo'],
            due: 5,
            checklist: [
              ['German', true],
              ['French', false],
              ['Read by somebody else', false],
            ],
            comments: [['ada', 'Marie offered to read the French one.']],
          },
          { title: 'Faster pictures on phones', labels: ['feature'], priority: 'low', who: ['cleo'] },
          { title: 'Opening hours of the stand', labels: ['customer'], who: ['ben'], due: 8 },
        ],
      },
      {
        name: 'Review',
        color: 'violet',
        tasks: [
          {
            title: 'New navigation on small screens',
            labels: ['design'],
            who: ['ben'],
            priority: 'medium',
            due: -1,
            comments: [['ada', 'Lovely. The menu button is a bit far from the thumb.']],
          },
          { title: 'Newsletter sign-up with double opt-in', labels: ['feature'], who: ['ada'], due: 1 },
          {
            title: 'Case study about the harbour office',
            labels: ['writing', 'customer'],
            who: ['cleo', 'ada'],
            due: 3,
            comments: [
              ['cleo', 'They agreed to be named.'],
              ['ben', 'Two photos are still in the wrong format.'],
            ],
          },
          {
            title: 'Error page that says what to do next',
            labels: ['design'],
            who: ['ben'],
            checklist: [
              ['Text', true],
              ['Picture', true],
              ['Search box', true],
            ],
          },
          { title: 'Keyboard focus in the menu', labels: ['bug'], priority: 'medium', who: ['cleo'], due: 2 },
          { title: 'Search results with a picture each', labels: ['feature', 'design'], who: ['ben'] },
        ],
      },
      {
        name: 'Done',
        color: 'green',
        done: true,
        tasks: [
          { title: 'Choose the typeface', labels: ['design'], who: ['ben'] },
          { title: 'Set up the staging server', labels: ['chore'], who: ['ada'] },
          {
            title: 'Map of all pages',
            labels: ['writing'],
            who: ['ada', 'ben'],
            checklist: [
              ['Collect', true],
              ['Agree', true],
            ],
          },
          { title: 'Logo as a vector file', labels: ['design'] },
          { title: 'Footer with the legal texts', labels: ['writing'], who: ['cleo'] },
          { title: 'Let the old site and the new one share one sign-in', labels: ['feature'], who: ['ben'] },
          { title: 'Colours with enough contrast', labels: ['design'], who: ['cleo'] },
          { title: 'Compare three newsletter services', labels: ['chore'], who: ['ben'], gone: 'archived' },
          { title: 'Photos of the old office', labels: ['design'], gone: 'archived' },
          { title: 'Count the visitors of the old site', labels: ['chore'], who: ['ada'], gone: 'archived' },
          { title: 'Write the page about prices, again', gone: 'trashed' },
          { title: 'A map that plays music', labels: ['feature'], gone: 'trashed' },
        ],
      },
    ],
  },
  {
    name: 'Launch at the fair',
    key: 'FAIR',
    description: 'Everything for hall 4, stand B12.',
    columns: [
      {
        name: 'Ideas',
        color: 'grey',
        tasks: [
          { title: 'A card game about waiting queues as a give-away' },
          {
            title: 'Live demo: the audience moves the cards',
            labels: ['feature'],
            comments: [['ben', 'With the big screen this could be fun.']],
          },
          { title: 'Coffee with the county library people', labels: ['customer'] },
          { title: 'T-shirts, but only if they are good', priority: 'low' },
        ],
      },
      {
        name: 'Planned',
        tasks: [
          {
            title: 'Book the train tickets',
            who: ['ada'],
            due: 3,
            priority: 'medium',
            checklist: [
              ['Ada', false],
              ['Ben', false],
              ['Cleo', false],
            ],
          },
          { title: 'Print 300 leaflets', labels: ['design'], who: ['cleo'], due: 8 },
          { title: 'Rehearse the talk twice', who: ['ada', 'ben'], due: 12 },
          { title: 'Insurance for the equipment', labels: ['chore'], due: 5 },
          { title: 'List of people we want to meet', labels: ['customer'], who: ['ada'], due: 7 },
          { title: 'Write the announcement', labels: ['writing'], who: ['ben'], due: 2, time: '12:00' },
        ],
      },
      {
        name: 'In hand',
        color: 'amber',
        wipLimit: 3,
        tasks: [
          {
            title: 'Slides for the talk',
            labels: ['writing'],
            who: ['ada'],
            priority: 'high',
            due: -2,
            checklist: [
              ['Story', true],
              ['Figures', true],
              ['Pictures', false],
              ['Notes', false],
            ],
            description: 'Twenty minutes, five for questions. Less text, more board.',
          },
          {
            title: 'Design of the stand wall',
            labels: ['design'],
            who: ['ben'],
            due: 1,
            comments: [
              ['ada', 'The printer needs it as PDF/X, 3 mm bleed.'],
              ['ben', 'Will be there tomorrow at noon.'],
            ],
          },
          {
            title: 'Rent two big screens',
            labels: ['chore'],
            who: ['ada'],
            due: 0,
            subtasks: ['Ask for the stands too', 'Who brings the cables?'],
          },
        ],
      },
      {
        name: 'Settled',
        color: 'green',
        done: true,
        tasks: [
          { title: 'Stand B12 booked', who: ['ada'] },
          { title: 'Hotel rooms', who: ['ben'] },
          { title: 'Badges for the two of us', who: ['ben'], gone: 'archived' },
          { title: 'Talk accepted', who: ['ada'], comments: [['ben', 'Congratulations']] },
        ],
      },
    ],
  },
  {
    name: 'Customers',
    key: 'CUST',
    description: 'What people asked for, and what we answered.',
    columns: [
      {
        name: 'New',
        tasks: [
          { title: 'Bakery Huber: export as a spreadsheet', labels: ['customer', 'feature'], due: 10 },
          {
            title: 'City library: sign in with their own accounts',
            labels: ['customer', 'feature'],
            priority: 'high',
            due: 3,
          },
          {
            title: 'Invoice shows the wrong VAT for Switzerland',
            labels: ['bug', 'customer'],
            priority: 'high',
            who: ['ada'],
            due: 0,
            time: '15:30',
          },
          { title: 'Question about holidays in the calendar', labels: ['customer'] },
          { title: 'Theatre: seats as a table', labels: ['customer', 'feature'], due: 0 },
          { title: 'Wants to sell us search engine positions', gone: 'trashed' },
          { title: 'Nordlicht: second workspace for the interns', labels: ['customer'], who: ['ben'], due: 4 },
          { title: 'Screen reader reads the price twice', labels: ['bug'], priority: 'medium' },
        ],
      },
      {
        name: 'Answering',
        color: 'cyan',
        tasks: [
          {
            title: 'Harbour office: slow on their old machines',
            labels: ['bug', 'customer'],
            who: ['ben'],
            priority: 'medium',
            due: -3,
            comments: [
              ['ben', 'They run a browser from 2021. I asked whether it can be updated.'],
              ['ada', 'Thanks. Otherwise we send them the light version.'],
            ],
          },
          { title: 'Discount for the school', labels: ['customer'], who: ['cleo'], due: 1 },
          { title: 'Training for six new people', labels: ['customer'], who: ['ada', 'ben'], due: 6, time: '10:00' },
        ],
      },
      {
        name: 'Waiting for them',
        color: 'grey',
        tasks: [
          { title: 'Contract with the theatre', labels: ['customer'], who: ['ada'], due: 14 },
          { title: 'Feedback about the mobile navigation', labels: ['design', 'customer'], who: ['ben'] },
        ],
      },
      {
        name: 'Answered',
        color: 'green',
        done: true,
        tasks: [
          { title: 'How do I change my e-mail address?', labels: ['customer'], who: ['ben'] },
          { title: 'Data processing agreement', labels: ['customer', 'writing'], who: ['cleo'] },
          { title: 'Why is there no export of comments?', labels: ['customer'], who: ['ben'] },
          {
            title: 'Offer for 40 people',
            labels: ['customer'],
            who: ['ada'],
            checklist: [
              ['Price', true],
              ['Hosting', true],
              ['Send', true],
            ],
          },
        ],
      },
    ],
  },
]
