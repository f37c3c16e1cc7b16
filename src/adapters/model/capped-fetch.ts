// Fetches an answer whole, within a limit of bytes, so that a timeout covers the body too and a server cannot fill the memory.
// Redirects are not followed: what was found goes to the address in the settings and nowhere else.

/** Bytes of the longest answer that is read. */
const mostBytes = 4_000_000;

export async function cappedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const { status, statusText, headers } = response;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const chunk = part.value as Uint8Array;
    bytes += chunk.length;
    if (bytes > mostBytes) {
      await reader?.cancel();
      throw new Error(`The answer is longer than ${mostBytes / 1_000_000} MB.`);
    }
    chunks.push(chunk);
  }
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), { status, statusText, headers });
}
