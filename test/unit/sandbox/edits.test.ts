import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { fetchFile, post, postForm } from './media';

const path = '/v1/images/edits';
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.ledger.clear());

const picture = (name: string) => new File([`bytes of ${name}`], name, { type: 'image/png' });
const request: Array<[string, string | File]> = [
	['model', 'openai/gpt-image-1'],
	['prompt', 'Paint it red'],
];

it('edits one image with a mask', async () => {
	const { status, body } = await postForm(sandbox, path, [
		...request,
		['image', picture('a.png')],
		['mask', picture('mask.png')],
	]);
	expect(status).toBe(200);
	expect(body.data).toHaveLength(1);
	expect((await fetchFile(body.data[0].url)).type).toBe('image/png');
	expect(sandbox.ledger.calls[0]).toMatchObject({ model: 'openai/gpt-image-1', usd: 0.05 });
});

it('takes several images in the same field, and numbers as text', async () => {
	const { status, body } = await postForm(sandbox, '/images/edits', [
		...request,
		['image', picture('a.png')],
		['image', picture('b.png')],
		['n', '2'],
		['response_format', 'b64_json'],
	]);
	expect(status).toBe(200);
	expect(body.data.map((each: object) => Object.keys(each))).toEqual([['b64_json'], ['b64_json']]);
	const { image } = sandbox.ledger.calls[0].body as { image: Array<{ originalname: string }> };
	expect(image.map(({ originalname }) => originalname)).toEqual(['a.png', 'b.png']);
});

it.each<[string, Array<[string, string | File]>, string]>([
	['no image', [], 'image'],
	['an image in image[]', [['image[]', picture('a.png')]], 'image[]'],
	['an address', [['image', 'https://example.com/a.png']], 'image'],
	[
		'a number that is none',
		[
			['image', picture('a.png')],
			['n', 'many'],
		],
		'n',
	],
])('refuses %s', async (_, fields, field) => {
	const { status, body } = await postForm(sandbox, path, [...request, ...fields]);
	expect(status).toBe(400);
	expect(body.errors.map((each: { path: string }) => each.path)).toContain(field);
});

it('is the same request when it is sent again, whatever the boundary of the form', async () => {
	sandbox.faults.set([{ when: { firstAttempts: 1 }, do: { status: 503 } }]);
	const send = async (name: string) =>
		(await postForm(sandbox, path, [...request, ['image', picture(name)]])).status;
	const statuses = [];
	for (const name of ['a.png', 'a.png', 'b.png', 'b.png']) statuses.push(await send(name));
	sandbox.faults.clear();
	expect(statuses).toEqual([503, 200, 503, 200]);
});

it('refuses JSON with an address', async () => {
	const body = { model: 'openai/gpt-image-2', prompt: 'Red', image: 'https://example.com/a.png' };
	expect((await post(sandbox, path, body)).status).toBe(400);
});
