// Prints how many milliseconds of CPU time n8n's loader takes for a package, as at the start of n8n: folder of n8n's
// own packages, folder of the package, and the file of a node that is then used for the first time.
const { join } = require('node:path');

const [modules, folder, node] = process.argv.slice(2);
const { LazyPackageDirectoryLoader } = require(join(modules, 'n8n-core'));

/** CPU time, which load on the machine makes no longer. */
const millisecondsOf = async (work) => {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
};

(async () => {
	const loader = new LazyPackageDirectoryLoader(folder);
	const load = await millisecondsOf(async () => await loader.loadAll());
	const firstUse = await millisecondsOf(async () => loader.getNode(node));
	console.log(JSON.stringify({ load, firstUse }));
})();
