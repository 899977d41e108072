/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, never inside n8n */
import { gzipSync } from 'node:zlib';
import { gunzip } from '../../../../nodes/shared/transport/gunzip';
import type { Target } from '../../../../nodes/shared/transport/networkErrors';

const target: Target = {
	kind: 'api',
	address: 'https://api.example.com',
	timeout: 30_000,
	timeoutSetting: "'Timeout' in 'Options'",
	isPaid: true,
};

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size: number, maxBytes = 1_000): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const part of gunzip(inChunks(bytes, size), target, maxBytes)) parts.push(part);
	return Buffer.concat(parts).toString();
}

const text = JSON.stringify({ choices: [{ message: { content: 'Hello' } }] });

test.each([1, 2, 3, 1_000])(
	'gzip without a header is recognized when it arrives in chunks of %d bytes',
	async (size) => {
		expect(await read(gzipSync(text), size)).toBe(text);
		expect(await read(Buffer.from(text), size)).toBe(text);
	},
);

test('gzip in gzip is decompressed twice, and not more often', async () => {
	expect(await read(gzipSync(gzipSync(text)), 8)).toBe(text);
	const thrice = await read(gzipSync(gzipSync(gzipSync(text))), 8);
	expect(thrice).toBe(gzipSync(text).toString());
});

test('an empty body stays empty when gzip is looked for', async () => {
	expect(await read(Buffer.alloc(0), 1)).toBe('');
});

test('gzip that breaks off or decompresses to too much is an error', async () => {
	const zipped = gzipSync(text);
	await expect(read(zipped.subarray(0, 20), 8)).rejects.toMatchObject({
		info: { kind: 'brokenAnswer' },
	});
	await expect(read(zipped, 8, text.length - 1)).rejects.toMatchObject({
		info: { kind: 'tooLarge' },
	});
});
