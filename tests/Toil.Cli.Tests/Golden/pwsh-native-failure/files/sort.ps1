sh -c 'exit 5'
'went on'
