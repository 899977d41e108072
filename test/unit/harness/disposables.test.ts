import { Disposables } from '../../../harness/disposables';

test('what was started ends in the opposite order, once, even if one fails to end', async () => {
	const ended: string[] = [];
	const started = new Disposables();
	started.add(async () => void ended.push('first'));
	started.add(async () => await Promise.reject(new Error('stuck')));
	started.add(async () => void ended.push('last'));
	await started.disposeAll();
	await started.disposeAll();
	expect(ended).toEqual(['last', 'first']);
});
