import fc from 'fast-check';
import { readLines } from './readLines';

function bodyOf(bytes: Uint8Array, cuts: number[]): ReadableStream<Uint8Array> {
  const ends = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort(
    (one, other) => one - other,
  );
  return new ReadableStream({
    start(controller) {
      let from = 0;
      for (const end of [...ends, bytes.length]) {
        if (end > from) controller.enqueue(bytes.slice(from, end));
        from = end;
      }
      controller.close();
    },
  });
}

describe('the lines of a body', () => {
  it('are whole, wherever it was cut on its way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'binary' }).map(text => JSON.stringify(text)),
        ),
        fc.array(fc.nat(500)),
        async (lines, cuts) => {
          const bytes = new TextEncoder().encode(
            lines.map(line => `${line}\n`).join(''),
          );
          const read: string[] = [];
          for await (const line of readLines(bodyOf(bytes, cuts)))
            read.push(line);
          expect(read).toEqual(lines);
        },
      ),
    );
  });

  it('are told when they have ended, and not when the body has', async () => {
    let more: ReadableStreamDefaultController<Uint8Array> | undefined;
    const lines = readLines(
      new ReadableStream({
        start(controller) {
          more = controller;
        },
      }),
    );
    more?.enqueue(new TextEncoder().encode('{"first":1}\n{"sec'));
    expect(await lines.next()).toEqual({ done: false, value: '{"first":1}' });
    more?.enqueue(new TextEncoder().encode('ond":2}\n'));
    expect(await lines.next()).toEqual({ done: false, value: '{"second":2}' });
  });
});
