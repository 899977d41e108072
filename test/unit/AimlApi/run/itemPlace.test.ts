import { sleep } from 'n8n-workflow';
import { Semaphore, type Places } from '../../../../nodes/AimlApi/run/concurrency';
import { ItemPlace } from '../../../../nodes/AimlApi/run/itemPlace';
import { RunStopped } from '../../../../nodes/AimlApi/run/runState';

const placesFor = (items: number): Places => ({
	preparing: new Semaphore(items),
	processing: new Semaphore(items),
});

/** An item that logs when it prepares and sends, and ends on `end`. */
function startItem(name: string, places: Places, events: string[], isOver = () => false) {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const place = new ItemPlace(places, isOver);
	const done = place.run(async () => {
		events.push(`${name} prepares`);
		await place.enter();
		events.push(`${name} sends`);
		await ended;
		events.push(`${name} ends`);
	});
	return { end, done, place };
}

const settle = async () => await sleep(100);

test('an item prepares its request while the one before it waits for its response', async () => {
	const places = placesFor(1);
	const events: string[] = [];
	const items = ['first', 'second', 'third'].map((name) => startItem(name, places, events));
	await settle();
	expect(events).toEqual(['first prepares', 'first sends', 'second prepares']);
	for (const { end, done } of items) {
		end();
		await done;
	}
	expect(events).toEqual([
		'first prepares',
		'first sends',
		'second prepares',
		'first ends',
		'second sends',
		'second ends',
		'third prepares',
		'third sends',
		'third ends',
	]);
});

test('an item that has prepared sends nothing once the run has ended', async () => {
	const places = placesFor(1);
	const events: string[] = [];
	let isOver = false;
	const first = startItem('first', places, events, () => isOver);
	const second = startItem('second', places, events, () => isOver);
	await settle();
	isOver = true;
	first.end();
	await first.done;
	await expect(second.done).rejects.toThrow(RunStopped);
	expect(events).not.toContain('second sends');
	expect(places.processing.isFull).toBe(false);
});

test('an item can release the place that it holds, whichever that is', async () => {
	const places = placesFor(1);
	const place = new ItemPlace(places, () => false);
	await place.run(async () => {
		await place.releaseDuring(async () => expect(places.preparing.isFull).toBe(false));
		expect(places.preparing.isFull).toBe(true);
		await Promise.all([place.enter(), place.enter()]);
		expect([places.preparing.isFull, places.processing.isFull]).toEqual([false, true]);
		await place.releaseDuring(async () => expect(places.processing.isFull).toBe(false));
		expect(places.processing.isFull).toBe(true);
	});
	expect([places.preparing.isFull, places.processing.isFull]).toEqual([false, false]);
});

test('an item whose downloads wait at the same time gives up one place, not one for each', async () => {
	const places = placesFor(1);
	const place = new ItemPlace(places, () => false);
	let running = 0;
	let most = 0;
	const process = async () => {
		await places.processing.acquire();
		most = Math.max(most, ++running);
		await sleep(20);
		running--;
		places.processing.release();
	};
	let others: Array<Promise<void>> = [];
	await place.run(async () => {
		await place.enter();
		const wait = async () => await place.releaseDuring(async () => await sleep(10));
		const waits = [wait(), wait()];
		others = [process(), process()];
		await Promise.all(waits);
	});
	await Promise.all(others);
	expect(most).toBe(1);
	expect(places.processing.isFull).toBe(false);
});
