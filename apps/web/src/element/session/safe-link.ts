/** @returns the address to open, or undefined for what must not become a link: a page opens nothing but http and https */
export function safeLink(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}
