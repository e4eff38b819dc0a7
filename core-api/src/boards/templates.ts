import type { NewColumn } from './creating.ts'

export const TEMPLATE_KEYS = ['kanban', 'sprint', 'content', 'hiring', 'personal'] as const
export type TemplateKey = (typeof TEMPLATE_KEYS)[number]

export interface Template {
  key: TemplateKey
  name: string
  description: string
  columns: NewColumn[]
}

export const TEMPLATES: Template[] = [
  {
    key: 'kanban',
    name: 'Kanban',
    description: 'Pull work through, and never start more than you finish.',
    columns: [
      { name: 'Backlog', color: 'grey' },
      { name: 'Ready', color: 'blue' },
      { name: 'In progress', color: 'amber', wipLimit: 3 },
      { name: 'Review', color: 'violet', wipLimit: 3 },
      { name: 'Done', color: 'green', done: true },
    ],
  },
  {
    key: 'sprint',
    name: 'Sprint',
    description: 'Two weeks at a time, from planning to release.',
    columns: [
      { name: 'Product backlog', color: 'grey' },
      { name: 'This sprint', color: 'blue' },
      { name: 'In progress', color: 'amber', wipLimit: 5 },
      { name: 'Blocked', color: 'red' },
      { name: 'Testing', color: 'violet' },
      { name: 'Released', color: 'green', done: true },
    ],
  },
  {
    key: 'content',
    name: 'Content calendar',
    description: 'From an idea to the day it is published.',
    columns: [
      { name: 'Ideas', color: 'grey' },
      { name: 'Writing', color: 'amber' },
      { name: 'Editing', color: 'violet' },
      { name: 'Scheduled', color: 'cyan' },
      { name: 'Published', color: 'green', done: true },
    ],
  },
  {
    key: 'hiring',
    name: 'Hiring',
    description: 'One card per candidate, so that nobody waits for an answer.',
    columns: [
      { name: 'Applied', color: 'grey' },
      { name: 'Screening', color: 'blue' },
      { name: 'Interviews', color: 'amber' },
      { name: 'Offer', color: 'violet' },
      { name: 'Hired', color: 'green', done: true },
      { name: 'Declined', color: 'red', done: true },
    ],
  },
  {
    key: 'personal',
    name: 'Personal',
    description: 'A week at a glance, for one.',
    columns: [
      { name: 'Some day', color: 'grey' },
      { name: 'This week', color: 'blue' },
      { name: 'Today', color: 'amber', wipLimit: 5 },
      { name: 'Done', color: 'green', done: true },
    ],
  },
]
