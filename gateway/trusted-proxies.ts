import { BlockList, isIP, isIPv6 } from 'node:net'

export function trustedAddresses(proxies: string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits) list.addSubnet(address, Number(bits), family)
    else list.addAddress(address, family)
  }
  return list
}

/** What is meant to be an address or a range of addresses, and is neither. */
export function findWrongAddresses(proxies: string[]): string[] {
  return proxies.filter((proxy) => {
    const [address = '', bits = '0', ...rest] = proxy.split('/')
    const most = isIPv6(address) ? 128 : 32
    return isIP(address) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most || rest.length > 0
  })
}
