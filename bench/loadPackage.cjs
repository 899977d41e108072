// Prints the CPU time, in milliseconds, that n8n's loader takes for a package and for the first use of a node.
// Arguments: n8n's node_modules folder, the package's folder, and the name of the node.
const { join } = require('node:path');

const [modules, folder, node] = process.argv.slice(2);
const { LazyPackageDirectoryLoader } = require(join(modules, 'n8n-core'));

/** CPU time, which other programs on the machine affect less than wall time. */
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
