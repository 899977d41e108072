import { specsFolder } from '../../specs/folder';
import { print } from './surroundings';

/**
 * Says once for the run which models it holds the node against.
 *
 * @throws Error when `AIMLAPI_SPECS` names a folder without documents
 */
export default function announce(): void {
	const folder = specsFolder();
	print(
		folder
			? `Contract tests: documented models from ${folder}, and invented ones`
			: 'Contract tests: invented models only; `npm run specs` gets the documents of the real ones',
	);
}
