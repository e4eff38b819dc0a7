import type { WriteStorage } from '@taskflow/shared/sync/edges.ts'
import type { Write } from '@taskflow/shared/sync/write.ts'

const STORE = 'writes'

/** Unanswered writes of one person on this device, kept over reloads and crashes. */
export function writeStorage(userId: string): WriteStorage {
  let opened: Promise<IDBDatabase> | undefined
  const run = async <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    opened ??= open(`taskflow-${userId}`).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    const transaction = (await opened).transaction(STORE, mode, { durability: 'strict' })
    const request = act(transaction.objectStore(STORE))
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
  }
  return {
    load: () => run<Write[]>('readonly', (store) => store.getAll()),
    save: async (write) => void (await run('readwrite', (store) => store.put(write))),
    remove: async (key) => void (await run('readwrite', (store) => store.delete(key))),
  }
}

const open = (name: string) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' })
    request.onsuccess = () => {
      // A newer version of the program in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
