/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, cacheRoot } from '../../../harness/cache';
import { useTempFolder } from '../../support/useTempFolder';

const folder = useTempFolder();
const outer = process.env.XDG_CACHE_HOME;

beforeEach(() => {
	process.env.XDG_CACHE_HOME = folder.path;
});

afterEach(() => {
	if (outer === undefined) delete process.env.XDG_CACHE_HOME;
	else process.env.XDG_CACHE_HOME = outer;
});

const fill = jest.fn(async (empty: string) => await writeFile(join(empty, 'file'), 'content'));

beforeEach(() => fill.mockClear());

test('a folder is filled the first time only', async () => {
	const path = await cached('thing-1', fill);
	expect(await cached('thing-1', fill)).toBe(path);
	expect(fill).toHaveBeenCalledTimes(1);
	expect(await readFile(join(path, 'file'), 'utf8')).toBe('content');
});

test('a fill that failed half-way leaves nothing, and the next one starts anew', async () => {
	const failing = async (empty: string) => {
		await fill(empty);
		throw new Error('interrupted');
	};
	await expect(cached('thing-1', failing)).rejects.toThrow('interrupted');
	expect(await readdir(cacheRoot())).toEqual([]);
	await cached('thing-1', fill);
	expect(fill).toHaveBeenCalledTimes(2);
});

test('what a killed fill left behind is removed, what another is filling is not', async () => {
	const killed = join(cacheRoot(), 'thing-1.partial-999999999');
	const alive = join(cacheRoot(), `thing-1.partial-${process.ppid}`);
	await mkdir(killed, { recursive: true });
	await mkdir(alive);
	await cached('thing-1', fill);
	expect([killed, alive].map((path) => existsSync(path))).toEqual([false, true]);
});

test('of two that fill at the same time, both get the folder', async () => {
	const byTheOther = async (empty: string) => {
		await fill(empty);
		await mkdir(join(cacheRoot(), 'thing-1'));
		await writeFile(join(cacheRoot(), 'thing-1', 'file'), 'of the other');
	};
	const path = await cached('thing-1', byTheOther);
	expect(await readFile(join(path, 'file'), 'utf8')).toBe('of the other');
	expect(await readdir(cacheRoot())).toEqual(['thing-1']);
});
