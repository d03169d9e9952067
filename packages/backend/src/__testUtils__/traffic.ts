import { Agent, get } from 'node:http';

/** What a request of a user came to: the version that answered, or why nobody did. */
export type Answer = { version: string } | { problem: string };

/** Asks an address fifty times a second until it is stopped. */
export function startTraffic(address: string) {
  const agent = new Agent({ keepAlive: true });
  const answers: Answer[] = [];
  const pending = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const request = ask(address, agent).then(answer => {
      answers.push(answer);
      pending.delete(request);
    });
    pending.add(request);
  }, 20);
  return {
    answers,
    async stop(): Promise<Answer[]> {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
      return answers;
    },
  };
}

function ask(address: string, agent: Agent): Promise<Answer> {
  return new Promise(done => {
    const request = get(address, { agent, timeout: 15_000 }, response => {
      let body = '';
      response.on('data', data => (body += data));
      response.on('error', ({ message }) => done({ problem: message }));
      response.on('end', () =>
        done(
          response.statusCode === 200
            ? { version: body }
            : { problem: `${response.statusCode} ${body}` },
        ),
      );
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', ({ message }) => done({ problem: message }));
  });
}
