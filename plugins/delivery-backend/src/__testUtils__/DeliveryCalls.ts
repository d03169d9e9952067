import { mockCredentials } from '@backstage/backend-test-utils';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import type { Server } from 'node:http';
import request from 'supertest';

export const checkout = 'component:default/checkout';
export const staging = 'resource:default/staging';
export const production = 'resource:default/production';

/** A rollout that stops half way until a person promotes it. */
export const waitsHalfWay = {
  canary: { steps: [{ setWeight: 50 }, { pause: {} }] },
};

/** What tests say to a running backend over HTTP. */
export class DeliveryCalls {
  constructor(private readonly server: () => Server) {}

  async post(
    path: string,
    body: object,
    { user = 'mock', ...headers }: Record<string, string> = {},
  ): Promise<request.Response> {
    return request(this.server())
      .post(`/api/delivery${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${user}`))
      .set(headers)
      .send(body);
  }

  async get(path: string, user = 'mock'): Promise<request.Response> {
    return request(this.server())
      .get(`/api/delivery${path}`)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${user}`),
      );
  }

  async release(version: string, componentRef = checkout): Promise<string> {
    const { body, status } = await this.post(
      '/releases',
      releaseRequest(version, componentRef),
    );
    if (status !== 201) throw new Error(`${status}: ${body.detail}`);
    return body.id;
  }

  async start(releaseId: string, extra: object = {}): Promise<string> {
    const { body, status } = await this.post('/rollouts', {
      componentRef: checkout,
      environmentRef: production,
      releaseId,
      ...extra,
    });
    if (status !== 201) throw new Error(`${status}: ${body.detail}`);
    return body.id;
  }

  async rollOut(releaseId: string, extra: object = {}): Promise<Rollout> {
    return this.ended(await this.start(releaseId, extra));
  }

  async until(
    id: string,
    reached: (rollout: Rollout) => boolean,
  ): Promise<Rollout> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { body } = await this.get(`/rollouts/${id}`);
      if (reached(body)) return body;
      if (Date.now() > deadline)
        throw new Error(`It stands at ${body.phase}: ${body.message}`);
      await new Promise(resolve => {
        setTimeout(resolve, 25);
      });
    }
  }

  ended(id: string): Promise<Rollout> {
    return this.until(id, rollout => rollout.finishedAt !== undefined);
  }

  paused(id: string): Promise<Rollout> {
    return this.until(id, rollout => rollout.phase === 'paused');
  }
}

export function releaseRequest(version: string, componentRef = checkout) {
  return {
    componentRef,
    version,
    artifact: { kind: 'test', spec: { name: `software-${version}` } },
  };
}
