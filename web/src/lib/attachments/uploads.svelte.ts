import type { Attachment } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { type Fault, LARGEST_BYTES, sendFile, UploadFault } from './send-file.ts'

const AT_ONCE = 2

export class Upload {
  readonly id = newId()
  readonly file: File
  /** 0 to 1. */
  sent = $state(0)
  fault = $state<Fault | null>(null)
  abort = () => {}
  settle: (stored: Attachment | null) => void = () => {}

  constructor(file: File) {
    this.file = file
  }
}

/** Files on their way to a task. */
export class Uploads {
  list = $state.raw<Upload[]>([])
  isSending = $derived(this.list.some(({ fault }) => fault === null))
  #taskId: string
  #onstored: (attachment: Attachment) => void
  #waiting: Upload[] = []
  #running = 0

  constructor(taskId: string, onstored: (attachment: Attachment) => void) {
    this.#taskId = taskId
    this.#onstored = onstored
  }

  /** Answers the stored file, or null when it was given up. */
  add(file: File): Promise<Attachment | null> {
    const upload = new Upload(file)
    this.list = [...this.list, upload]
    window.addEventListener('beforeunload', this.#ask)
    const stored = new Promise<Attachment | null>((resolve) => (upload.settle = resolve))
    if (file.size > LARGEST_BYTES) upload.fault = 'too large'
    else this.#enqueue(upload)
    return stored
  }

  retry(upload: Upload) {
    upload.fault = null
    upload.sent = 0
    this.#enqueue(upload)
  }

  giveUp(upload: Upload) {
    this.#waiting = this.#waiting.filter((one) => one !== upload)
    upload.abort()
    this.#end(upload, null)
  }

  #enqueue(upload: Upload) {
    this.#waiting.push(upload)
    void this.#next()
  }

  /** Leaving the task does not stop its files; closing the tab would, and asks first. */
  #ask = (event: BeforeUnloadEvent) => {
    if (this.isSending) event.preventDefault()
    else window.removeEventListener('beforeunload', this.#ask)
  }

  async #next() {
    if (this.#running >= AT_ONCE) return
    const upload = this.#waiting.shift()
    if (!upload) return
    this.#running++
    try {
      const sending = sendFile(this.#taskId, upload.id, upload.file, (sent) => (upload.sent = sent))
      // Given up, it never answers: the place is free at once.
      const stored = await Promise.race([
        sending.done,
        new Promise<null>((resolve) => {
          upload.abort = () => {
            sending.abort()
            resolve(null)
          }
        }),
      ])
      if (stored) {
        this.#onstored(stored)
        this.#end(upload, stored)
      }
    } catch (error) {
      upload.fault = error instanceof UploadFault ? error.fault : 'refused'
    } finally {
      this.#running--
      void this.#next()
    }
  }

  #end(upload: Upload, stored: Attachment | null) {
    this.list = this.list.filter((one) => one !== upload)
    upload.settle(stored)
  }
}
