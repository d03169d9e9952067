/** The lines of a body as they come. */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Parts of one line: joined once, since an object may come in many.
  let parts: string[] = [];
  for await (const bytes of body) {
    const [first, ...more] = decoder
      .decode(bytes, { stream: true })
      .split('\n');
    parts.push(first);
    for (const next of more) {
      const line = parts.join('');
      parts = [next];
      if (line) yield line;
    }
  }
}
