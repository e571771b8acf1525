from carebase_cli.main import run

run()
