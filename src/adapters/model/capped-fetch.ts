// Fetches an answer within a limit of bytes, so that a server cannot fill the memory. What is no stream is read whole, so that a
// timeout covers its body too. Redirects are not followed: what was found goes to the address in the settings and nowhere else.

/** Bytes of the longest answer that is read. */
const mostBytes = 4_000_000;

export async function cappedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const { status, statusText, headers, body } = response;
  if (!body || status === 204 || status === 205 || status === 304)
    return new Response(null, { status, statusText, headers });
  const capped = body.pipeThrough(cap());
  if (isEventStream(response)) return new Response(capped, { status, statusText, headers });
  return new Response(await new Response(capped).arrayBuffer(), { status, statusText, headers });
}

/** True for an answer that comes in pieces. */
export function isEventStream({ headers }: Response): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

function cap(): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > mostBytes) controller.error(new Error(`The answer is longer than ${mostBytes / 1_000_000} MB.`));
      else controller.enqueue(chunk);
    },
  });
}
