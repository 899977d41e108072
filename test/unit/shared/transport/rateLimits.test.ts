/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { simulateProcesses } from '../../../simulation/manyProcesses';
import {
	OPERATING_PAGE,
	operatingPage,
	RATE_LIMITS_PAGE,
	rateLimitsPage,
} from '../../../simulation/page';
import { simulateAll, type Row } from '../../../simulation/table';

let rows: Row[];
beforeAll(async () => {
	rows = await simulateAll();
}, 600_000);

const namesWhere = (holds: (row: Row) => boolean): string[] =>
	rows.filter(holds).map(({ situation }) => situation.name);

test('under every kind of limit the requests stay within their target time', () => {
	const isTooSlow = ({ situation: { target = Infinity }, ours }: Row) => ours.ratio > target;
	expect(namesWhere(isTooSlow)).toEqual([]);
	expect(namesWhere(({ situation }) => situation.target !== undefined)).toHaveLength(12);
	expect(rows.length).toBeGreaterThanOrEqual(35);
});

test('every item is delivered unless the API asks it to wait for longer than the budget', () => {
	expect(namesWhere(({ ours }) => ours.failed > 0)).toEqual(
		namesWhere(({ situation }) => situation.undeliverable === true),
	);
});

test('no request is retried before the time that its 429 asked for', () => {
	expect(namesWhere(({ ours }) => ours.tooEarly > 0)).toEqual([]);
});

test('under a steady limit few requests are refused, far fewer than with independent retries', () => {
	const steady = rows.filter(({ situation }) => /^5 a second(, RA)?$/.test(situation.name));
	expect(steady).toHaveLength(2);
	for (const { ours, byItself } of steady) {
		expect(ours.refused).toBeLessThanOrEqual(0.15);
		expect(ours.refused).toBeLessThan(byItself.refused / 10);
	}
});

test('few requests are refused even if the API is far away, so that refusals take long to arrive', () => {
	const far = rows.filter(({ situation }) => situation.networkMs !== undefined);
	expect(far).toHaveLength(2);
	for (const { ours } of far) expect(ours.refused).toBeLessThanOrEqual(0.15);
});

test('docs/rate-limits.md shows these figures', async () => {
	expect(await readFile(RATE_LIMITS_PAGE, 'utf8')).toBe(await rateLimitsPage(rows));
});

test('up to a thousand processes that share a limit lose nothing, as docs/operating.md shows', async () => {
	const processes = await simulateProcesses();
	expect(new Set(processes.map(({ delivered }) => delivered)).size).toBe(1);
	expect(await readFile(OPERATING_PAGE, 'utf8')).toBe(await operatingPage(processes));
}, 600_000);
