import { containerOfRelease } from './containerOfRelease';
import { imageArtifact } from './imageArtifact';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

function resolve(image: string, options = {}, allowTags = false) {
  return imageArtifact({ allowTags }).resolve(
    { image },
    {
      component: { ref: 'component:default/shop' },
      signal: AbortSignal.timeout(1000),
      ...options,
    },
  );
}

describe('image artifacts', () => {
  it.each([
    `shop@${digest}`,
    `shop:1.4.2@${digest}`,
    `ghcr.io/acme/team__a/shop-api@${digest}`,
    `localhost:5000/shop@${digest}`,
    `[2001:db8::1]:5000/shop@${digest}`,
  ])('takes %s as it is, known by its digest', async image => {
    expect(await resolve(image)).toEqual({
      kind: 'image',
      reference: image,
      digest,
      spec: { image },
    });
  });

  it.each([
    '',
    'Shop:1',
    'shop:',
    'shop@sha256:abc',
    `shop@sha512:${'a'.repeat(128)}`,
    `https://ghcr.io/shop@${digest}`,
    'shop --privileged',
    `shop@${digest} `,
    'a//b:1',
  ])("refuses '%s', which is no reference of an image", async image => {
    await expect(resolve(image, {}, true)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('is no reference of an image'),
    });
  });

  it('refuses a tag, which can be moved, with what to write instead', async () => {
    await expect(resolve('ghcr.io/acme/shop:1.4.2')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('write ghcr.io/acme/shop@sha256:'),
    });
  });

  it('takes a tag where that is allowed, but never none at all', async () => {
    expect(await resolve('shop:1', {}, true)).toMatchObject({
      reference: 'shop:1',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect((await resolve('shop:1', {}, true)).digest).not.toBe(
      (await resolve('shop:2', {}, true)).digest,
    );
    await expect(resolve('shop', {}, true)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('neither a digest nor a tag'),
    });
  });

  it('refuses another digest than the expected one', async () => {
    const expectedDigest = `sha256:${'f'.repeat(64)}`;
    await expect(
      resolve(`shop@${digest}`, { expectedDigest }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: `image: 'shop@${digest}' has the digest ${digest}, not ${expectedDigest}`,
    });
  });

  it('makes of CPU and memory what each copy asks for, and of memory its limit', async () => {
    const artifact = await imageArtifact({ allowTags: true }).resolve(
      { image: 'shop:1', cpu: '250m', memory: '256Mi' },
      {
        component: { ref: 'component:default/shop' },
        signal: AbortSignal.timeout(1000),
      },
    );
    const { resources } = containerOfRelease({
      releaseId: 'r',
      version: '1.0.0',
      artifact,
      environmentVariables: {},
      health: {},
    });
    expect(resources).toEqual({
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { memory: '256Mi' },
    });
  });
});
