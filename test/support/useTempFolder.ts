import { Disposables } from '../../harness/disposables';

/** Creates an empty temporary folder before each test and removes it after the test. */
export function useTempFolder(): { readonly path: string } {
	const folder = { path: '' };
	const started = new Disposables();
	beforeEach(async () => {
		folder.path = await started.tempFolder('test');
	});
	afterEach(async () => await started.disposeAll());
	return folder;
}
