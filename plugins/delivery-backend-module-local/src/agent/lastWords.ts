const kept = 30;
const maxLength = 300;

// Node, Python, Java, Go and most others name what went wrong in such a line.
const telling =
  /(^|\s)(\w*(Error|Exception)\b.*:|panic:|fatal|error:|cannot|failed)/i;
const noise = /^\s*(at |\^|Node\.js v\d|npm (error|ERR!) A complete log)/;

/** Remembers the last lines on stderr, to say why a process ended. */
export class LastWords {
  #lines: string[] = [];

  add(line: string): void {
    if (!line.trim() || noise.test(line)) return;
    this.#lines.push(line.trim().slice(0, maxLength));
    if (this.#lines.length > kept) this.#lines.shift();
  }

  /** The line that says most: the last that names an error, else the last one. */
  get text(): string | undefined {
    return (
      this.#lines.findLast(line => telling.test(line)) ?? this.#lines.at(-1)
    );
  }

  clear(): void {
    this.#lines = [];
  }
}
