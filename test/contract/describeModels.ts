import {
	mustHaveSpecs,
	print,
	readDocumentedModels,
	specsFolder,
	type DocumentedModel,
} from './surroundings';

/**
 * Declares tests about every documented model of an endpoint. Without the folder of their schemas
 * the tests are skipped, and say so; in CI that is a failure.
 */
export function describeModels(
	endpoint: string,
	declare: (models: DocumentedModel[]) => void,
): void {
	const models = readDocumentedModels(endpoint);
	if (models) {
		declare(models);
	} else if (mustHaveSpecs) {
		test('has the documented schemas to hold the node against', () => {
			throw new Error(
				`${specsFolder} has no index.json. Set AIMLAPI_SPECS to the schemas' folder.`,
			);
		});
	} else {
		print(
			`contract: SKIPPED for ${endpoint}, as ${specsFolder} has no schemas (see AIMLAPI_SPECS)`,
		);
		test.skip('holds for every documented model', () => undefined);
	}
}
