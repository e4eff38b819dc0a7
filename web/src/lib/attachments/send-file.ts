import type { Attachment } from '@taskflow/shared/dto/task.ts'

export const LARGEST_BYTES = 25 * 1024 * 1024

export type Fault = 'too large' | 'too many' | 'not allowed' | 'unreachable' | 'refused'

export class UploadFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(`The file was not stored: ${fault}`)
    this.fault = fault
  }
}

interface Sending {
  done: Promise<Attachment>
  abort(): void
}

/** Sends a file; asking again with the same id stores it once. A request of the older kind, for it tells how far it is. */
export function sendFile(taskId: string, id: string, file: File, onprogress: (part: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Attachment>((resolve, reject) => {
    request.open('POST', `/api/tasks/${taskId}/attachments?id=${id}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name || 'file'))
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onprogress(total ? loaded / total : 0)
    request.onload = () =>
      request.status === 201 || request.status === 200
        ? resolve(request.response as Attachment)
        : reject(new UploadFault(faultOf(request)))
    request.onerror = request.ontimeout = () => reject(new UploadFault('unreachable'))
    request.send(file)
  })
  return { done, abort: () => request.abort() }
}

function faultOf({ status, response }: XMLHttpRequest): Fault {
  const code = String((response as { code?: string } | null)?.code ?? '')
  if (status === 413) return 'too large'
  if (code === 'attachments.too_many' || code.startsWith('quotas.')) return 'too many'
  if (status === 401 || status === 403 || status === 404) return 'not allowed'
  return status >= 500 || status === 429 ? 'unreachable' : 'refused'
}
