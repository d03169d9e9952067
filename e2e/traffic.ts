/** What one request of a user came to. */
interface Answer {
  /** 0 when there was no answer. */
  status: number;
  /** The version that answered. */
  release: string | null;
}

/** Users of a running service, twenty requests a second until they are stopped. */
export function startTraffic(address: string) {
  const answers: Answer[] = [];
  const pending = new Set<Promise<void>>();
  const timer = setInterval(() => {
    // More at once would only keep a slow machine from ever answering.
    if (pending.size >= 10) return;
    const request = ask(address).then(answer => {
      answers.push(answer);
      pending.delete(request);
    });
    pending.add(request);
  }, 50);
  return {
    /** When at least so many have been answered: a quick change may be over before. */
    async stop(atLeast = 0): Promise<Answer[]> {
      while (answers.length < atLeast)
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      clearInterval(timer);
      await Promise.all(pending);
      return answers;
    },
  };
}

async function ask(address: string): Promise<Answer> {
  try {
    const response = await fetch(address);
    await response.text();
    return {
      status: response.status,
      release: response.headers.get('x-slipway-release'),
    };
  } catch {
    return { status: 0, release: null };
  }
}
