import { specsFolder } from '../../specs/folder';
import { print } from './collections';

/**
 * Prints once per run which models the node is tested against.
 *
 * @throws Error if `AIMLAPI_SPECS` names a folder without documents
 */
export default function announce(): void {
	const folder = specsFolder();
	print(
		folder
			? `Contract tests: documented models from ${folder}, and invented ones`
			: 'Contract tests: invented models only; `npm run specs` downloads the documents of the real ones',
	);
}
