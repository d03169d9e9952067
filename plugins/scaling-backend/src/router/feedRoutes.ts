import type { ApiRoutes } from '@slipway/backstage-plugin-slipway-node';
import type { ScalingServices } from './ScalingServices';

/** The event feed, as a batch of CloudEvents. */
export const feedRoutes: ApiRoutes<ScalingServices> = (
  router,
  { services, callerOf },
) => {
  router.get('/events', async (request, response) => {
    const query = request.query as unknown as { after?: string; limit: number };
    const feed = await services.feed.read(query, await callerOf(request));
    response.setHeader('Slipway-Cursor', feed.cursor);
    response.setHeader('Slipway-More', String(feed.more));
    response.type('application/cloudevents-batch+json');
    response.send(JSON.stringify(feed.events));
  });
};
