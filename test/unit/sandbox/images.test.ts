import { useSandbox } from '../../support/useSandbox';
import { call } from './client';
import { fetchFile, image, post, postForm } from './media';

const sandbox = useSandbox();

const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/[\w-]+\.png$/);
const base64Png = expect.stringMatching(/^iVBORw0KGgo/);
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('images', () => {
	test('images come as URLs, with their cost in the body, the headers and the request log', async () => {
		const { status, headers, body } = await image(sandbox, 'flux/schnell', { num_images: 2 });
		expect(status).toBe(200);
		expect(body).toEqual({
			created: expect.any(Number),
			data: [{ url: address }, { url: address }],
			meta: { usage: { credits_used: 12_000, usd_spent: 0.006 } },
		});
		expect(body.created).toBeLessThan(1e11);
		expect(body.data[0].url).not.toBe(body.data[1].url);
		expect(headers.get('x-aimlapi-credits-used')).toBe('12000');
		expect(headers.get('x-aimlapi-usd-spent')).toBe('0.006');
		expect(sandbox.requestLog.calls[0]).toMatchObject({ model: 'flux/schnell', credits: 12_000 });
	});

	test('images come in the body when response_format asks for it', async () => {
		const inline = { response_format: 'b64_json', n: 2 };
		const { body } = await image(sandbox, 'openai/gpt-image-1', inline);
		expect(body.data).toEqual([{ b64_json: base64Png }, { b64_json: base64Png }]);
	});

	test('images cost what their quality costs', async () => {
		const { body } = await image(sandbox, 'gpt-image-1', { quality: 'high', n: 2 });
		expect(body.meta.usage.usd_spent).toBe(0.334);
	});

	test('images are served under the unversioned path too', async () => {
		const request = { model: 'flux/schnell', prompt: 'A cat' };
		expect((await post(sandbox, '/images/generations', request)).status).toBe(200);
	});

	test.each([
		[{ image_size: { width: 96, height: 64 } }, [96, 64]],
		[{ image_size: 'portrait_4_3' }, [768, 1024]],
		[{}, [512, 512]],
	])('images have the size that %j asks for', async (more, size) => {
		const { body } = await image(sandbox, 'flux/schnell', more);
		expect(sizeOf((await fetchFile(body.data[0].url)).bytes)).toEqual(size);
	});

	test.each([
		['png', 'image/png', '89504e47'],
		['jpeg', 'image/jpeg', 'ffd8ffe0'],
		['webp', 'image/webp', '52494646'],
	])('images are %s files when output_format says so', async (format, type, start) => {
		const { body } = await image(sandbox, 'flux/schnell', { output_format: format });
		const file = await fetchFile(body.data[0].url);
		expect(file.type).toBe(type);
		expect(file.bytes.subarray(0, 4).toString('hex')).toBe(start);
	});

	test('images are the same for the same prompt, and others for another one', async () => {
		const bytesOf = async (prompt: string) => {
			const { body } = await image(sandbox, 'flux/schnell', { prompt });
			return (await fetchFile(body.data[0].url)).bytes.toString('hex');
		};
		expect(await bytesOf('A dog')).toBe(await bytesOf('A dog'));
		expect(await bytesOf('A dog')).not.toBe(await bytesOf('A bird'));
	});

	test.each<[string, object, string]>([
		['flux/schnell', { num_images: 5 }, 'num_images'],
		['flux/schnell', { image_url: 'https://example.com/a.png' }, 'image_url'],
		['flux/dev/image-to-image', {}, 'image_url'],
		['bytedance/seedream-v4-edit', { image_urls: 'https://example.com/a.png' }, 'image_urls'],
		['openai/gpt-image-1', { size: '10x10' }, 'size'],
	])('images of %s are refused with %j', async (model, more, field) => {
		const { status, body } = await image(sandbox, model, more);
		expect(status).toBe(400);
		expect(body.errors[0].path).toBe(field);
		expect(sandbox.requestLog.paidCalls).toBe(0);
	});

	test('images are made from images by URL and by data URL', async () => {
		const sources = ['https://example.com/a.png', 'data:image/png;base64,iVBORw0KGgo='];
		const several = await image(sandbox, 'bytedance/seedream-v4-edit', { image_urls: sources });
		const single = await image(sandbox, 'flux/dev/image-to-image', { image_url: sources[1] });
		expect([several.status, single.status]).toEqual([200, 200]);
	});

	test('images are not made by chat models', async () => {
		expect((await image(sandbox, 'openai/gpt-4o')).status).toBe(404);
	});
});

describe('3D models', () => {
	const mesh = {
		url: expect.stringMatching(/\.glb$/),
		content_type: 'application/octet-stream',
		file_name: 'model.glb',
		file_size: expect.any(Number),
	};

	test('3D models come as model_mesh, without data', async () => {
		const request = { model: 'triposr', image_url: 'https://example.com/a.png' };
		const { body } = await post(sandbox, '/v1/images/generations', request);
		expect(body).toEqual({
			created: expect.any(Number),
			model_mesh: mesh,
			meta: { usage: { credits_used: 140_000, usd_spent: 0.07 } },
		});
		const file = await fetchFile(body.model_mesh.url);
		expect(file.type).toBe('model/gltf-binary');
		expect(file.bytes).toHaveLength(body.model_mesh.file_size);
	});

	test('3D models come in parts', async () => {
		const request = { model: 'tencent/hunyuan-part', mesh_url: 'https://example.com/a.glb' };
		const { body } = await post(sandbox, '/v1/images/generations', request);
		expect(body).toMatchObject({ segmented_mesh: mesh, mask_1_mesh: mesh, mask_2_mesh: mesh });
		expect(body.mask_1_mesh.url).not.toBe(body.segmented_mesh.url);
	});
});

describe('an edit', () => {
	const edits = '/v1/images/edits';
	const picture = (name: string) => new File([`bytes of ${name}`], name, { type: 'image/png' });
	const request: Array<[string, string | File]> = [
		['model', 'openai/gpt-image-1'],
		['prompt', 'Paint it red'],
	];

	test('an edit takes one image and a mask', async () => {
		const { status, body } = await postForm(sandbox, edits, [
			...request,
			['image', picture('a.png')],
			['mask', picture('mask.png')],
		]);
		expect(status).toBe(200);
		expect(body.data).toHaveLength(1);
		expect((await fetchFile(body.data[0].url)).type).toBe('image/png');
		expect(sandbox.requestLog.calls[0]).toMatchObject({ model: 'openai/gpt-image-1', usd: 0.05 });
	});

	test('an edit takes several images in the same field, and numbers as text', async () => {
		const { status, body } = await postForm(sandbox, '/images/edits', [
			...request,
			['image', picture('a.png')],
			['image', picture('b.png')],
			['n', '2'],
			['response_format', 'b64_json'],
		]);
		expect(status).toBe(200);
		expect(body.data.map((each: object) => Object.keys(each))).toEqual([
			['b64_json'],
			['b64_json'],
		]);
		const { image } = sandbox.requestLog.calls[0].body as {
			image: Array<{ originalname: string }>;
		};
		expect(image.map(({ originalname }) => originalname)).toEqual(['a.png', 'b.png']);
	});

	test.each<[string, Array<[string, string | File]>, string]>([
		['no image', [], 'image'],
		['an image in image[]', [['image[]', picture('a.png')]], 'image[]'],
		['an address', [['image', 'https://example.com/a.png']], 'image'],
		["a field that has the name of an object's method", [['constructor', 'x']], 'constructor'],
		[
			'a count that is not a number',
			[
				['image', picture('a.png')],
				['n', 'many'],
			],
			'n',
		],
	])('an edit is refused with %s', async (_, fields, field) => {
		const { status, body } = await postForm(sandbox, edits, [...request, ...fields]);
		expect(status).toBe(400);
		expect(body.errors.map((each: { path: string }) => each.path)).toContain(field);
	});

	test('an edit is the same request when it is sent again, whatever the boundary of the form', async () => {
		sandbox.faults.set([{ when: { firstAttempts: 1 }, do: { status: 503 } }]);
		const send = async (name: string) =>
			(await postForm(sandbox, edits, [...request, ['image', picture(name)]])).status;
		const statuses = [];
		for (const name of ['a.png', 'a.png', 'b.png', 'b.png']) statuses.push(await send(name));
		sandbox.faults.clear();
		expect(statuses).toEqual([503, 200, 503, 200]);
	});

	test('an edit is refused as JSON with an address', async () => {
		const body = { model: 'openai/gpt-image-2', prompt: 'Red', image: 'https://example.com/a.png' };
		expect((await post(sandbox, edits, body)).status).toBe(400);
	});
});

describe('the answer of sandbox/', () => {
	test.each<[string, object]>([
		['image-base64', { data: [{ b64_json: base64Png }] }],
		['image-url-and-base64', { data: [{ url: address, b64_json: base64Png }] }],
		['image-list', { images: [{ url: address, content_type: 'image/png' }] }],
		['image-mime-type', { data: [{ url: address, mime_type: 'image/png' }] }],
		[
			'image-nulls',
			{ data: [{ url: address, b64_json: null, revised_prompt: null }], images: null },
		],
		['image-none', { data: [] }],
	])('the answer of %s has that form', async (variant, form) => {
		const { body } = await image(sandbox, `sandbox/${variant}`);
		expect(body).toEqual({ created: expect.any(Number), ...form, meta: expect.anything() });
	});

	test('sandbox/image-twice names each file in data and in images', async () => {
		const { body } = await image(sandbox, 'sandbox/image-twice');
		expect(body.images[0].url).toBe(body.data[0].url);
	});

	test('sandbox/image-created-ms counts milliseconds', async () => {
		const { body } = await image(sandbox, 'sandbox/image-created-ms');
		expect(body.created).toBeGreaterThan(1e12);
	});

	test.each<[string, object]>([
		['image-tokens-used', { meta: { usage: { tokens_used: 20_000 } } }],
		['image-top-usage', { usage: { credits_used: 20_000 } }],
	])('the answer of %s reports its cost there alone', async (variant, report) => {
		const { body, headers } = await image(sandbox, `sandbox/${variant}`);
		expect(body).toEqual({ created: expect.any(Number), data: expect.anything(), ...report });
		expect(headers.get('x-aimlapi-credits-used')).toBeNull();
		expect(sandbox.requestLog.calls[0].credits).toBe(20_000);
	});
});

test('the image endpoint names its files after the host that the client called', async () => {
	const { port } = new URL(sandbox.url);
	const elsewhere = { ...sandbox, url: `http://localhost:${port}` };
	const body = { model: 'flux/schnell', prompt: 'A cat' };
	const answer = await call(elsewhere, body, { path: '/v1/images/generations' });
	expect(answer.body.data[0].url).toMatch(`http://localhost:${port}/files/`);
});
